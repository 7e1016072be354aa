'use client'

import { Controller } from 'react-hook-form'
import { FieldSelect } from '@/components/forms/field-select'
import { FormError } from '@/components/forms/form-error'
import { SubmitButton } from '@/components/forms/submit-button'
import { useActionForm } from '@/components/forms/use-action-form'
import { useTeam } from '@/components/layout/team-context'
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from '@/components/ui/dialog'
import { Field, FieldInput } from '@/components/ui/field'
import { createToken } from '@/lib/actions/tokens'
import { ScopeField, useAllowedScope } from './scope-field'
import { useEndpointNames } from './use-endpoint-names'

const ALL = 'all'
const NEVER = 'never'
const EXPIRIES = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: NEVER, label: 'Never' },
]

export function TokenForm({ onCreated }: { onCreated: (text: string) => void }) {
  const { form, submit, error, isPending } = useTokenForm(onCreated)
  const endpoints = useEndpointNames(useTeam().slug)
  const options = [{ value: ALL, label: 'All' }, ...endpoints.map(name => ({ value: name, label: name }))]
  return (
    <form className="grid gap-4" onSubmit={submit} noValidate>
      <DialogHeader>
        <DialogTitle>New token</DialogTitle>
        <DialogDescription>For scripts and services. Its text is shown once.</DialogDescription>
      </DialogHeader>
      <FormError error={error} title="No token was made" />
      <Field
        label="Name"
        description="What it is for: people see it in analytics."
        error={form.formState.errors.name?.message}
      >
        <FieldInput {...form.register('name')} autoComplete="off" placeholder="nightly batch" />
      </Field>
      <Controller
        control={form.control}
        name="scope"
        render={({ field }) => <ScopeField value={field.value} onChange={field.onChange} />}
      />
      <div className="grid grid-cols-2 gap-4">
        <Controller
          control={form.control}
          name="endpoint"
          render={({ field, fieldState }) => (
            <Field label="Endpoint" error={fieldState.error?.message}>
              <FieldSelect value={field.value} onChange={field.onChange} options={options} />
            </Field>
          )}
        />
        <Controller
          control={form.control}
          name="expiry"
          render={({ field }) => (
            <Field label="Expires after">
              <FieldSelect value={field.value} onChange={field.onChange} options={EXPIRIES} />
            </Field>
          )}
        />
      </div>
      <DialogFooter>
        <SubmitButton isPending={isPending}>Create token</SubmitButton>
      </DialogFooter>
    </form>
  )
}

function useTokenForm(onCreated: (text: string) => void) {
  const team = useTeam().slug
  const isAllowed = useAllowedScope()
  return useActionForm({
    schema: async () => (await import('./token-form-schema')).tokenFormSchema,
    defaultValues: {
      name: '',
      scope: isAllowed('infer') ? ('infer' as const) : ('read' as const),
      endpoint: ALL,
      expiry: '90',
    },
    action: createToken,
    toInput: ({ name, scope, endpoint, expiry }) => ({
      team,
      name,
      scope,
      endpoint: endpoint === ALL ? null : endpoint,
      expiresInDays: expiry === NEVER ? null : Number(expiry),
    }),
    invalidates: ['tokens.list'],
    onSuccess: created => onCreated(created.text),
  })
}
