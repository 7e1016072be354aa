'use client'

import type { ReactNode } from 'react'
import type { Path } from 'react-hook-form'
import { FormError } from '@/components/forms/form-error'
import { SubmitButton } from '@/components/forms/submit-button'
import { DialogFooter } from '@/components/ui/dialog'
import { Field, FieldInput } from '@/components/ui/field'
import type { FrameValues, useConnectionForm } from './use-connection-form'

/** Of fields that hold ids and names of the provider. */
export const MONO = { autoComplete: 'off', spellCheck: false, className: 'font-mono' } as const
/** Of fields whose content is never shown. */
export const SECRET = { autoComplete: 'off', spellCheck: false, type: 'password' } as const

type Props<Values extends FrameValues> = {
  state: ReturnType<typeof useConnectionForm<Values>>
  namePlaceholder: string
  address: { label: string; description: string }
  /** The fields of this kind of account. */
  children: ReactNode
}

/** What the forms of all kinds have: a name, an address instead of the provider's own, and a test before saving. */
export function ConnectionFrame<Values extends FrameValues>(props: Props<Values>) {
  const { namePlaceholder, address, children } = props
  const { form, submit, error, isPending } = props.state
  const errorOf = (field: keyof FrameValues) =>
    form.getFieldState(field as Path<Values>, form.formState).error?.message
  return (
    <form className="grid gap-4" onSubmit={submit} noValidate>
      <FormError error={error} title="The connection was not saved" />
      <Field label="Name" description="How the wizard calls it." error={errorOf('name')}>
        <FieldInput
          {...form.register('name' as Path<Values>)}
          autoComplete="off"
          placeholder={namePlaceholder}
        />
      </Field>
      {children}
      <Field label={address.label} optional description={address.description} error={errorOf('baseUrl')}>
        <FieldInput
          {...form.register('baseUrl' as Path<Values>)}
          type="url"
          autoComplete="off"
          placeholder="https://…"
        />
      </Field>
      <DialogFooter>
        <SubmitButton isPending={isPending}>{isPending ? 'Testing…' : 'Test and save'}</SubmitButton>
      </DialogFooter>
    </form>
  )
}
