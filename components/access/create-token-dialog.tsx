'use client'

import { PlusIcon } from 'lucide-react'
import { useState } from 'react'
import { Controller } from 'react-hook-form'
import { z } from 'zod'
import { FormError } from '@/components/forms/form-error'
import { SubmitButton } from '@/components/forms/submit-button'
import { useActionForm } from '@/components/forms/use-action-form'
import { useTeam } from '@/components/layout/team-context'
import { Button } from '@/components/ui/button'
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
  DialogTrigger,
} from '@/components/ui/dialog'
import { Field, FieldInput } from '@/components/ui/field'
import { RadioGroup, RadioTile } from '@/components/ui/radio-group'
import { createToken } from '@/lib/actions/tokens'
import { createTokenInput } from '@/lib/domain/access/inputs'
import { TOKEN_SCOPE_INFO, TOKEN_SCOPES } from '@/lib/domain/access/tokens'
import { FieldSelect } from './field-select'
import { TokenText } from './token-text'
import { useEndpointNames } from './use-endpoint-names'

const ALL = 'all'
const EXPIRIES = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: 'never', label: 'Never' },
] as const

const form = z.object({
  name: createTokenInput.shape.name,
  scope: createTokenInput.shape.scope,
  endpoint: z.string(),
  expiry: z.string(),
})

/** Makes a token and shows its text, once. */
export function CreateTokenDialog() {
  const [isOpen, setOpen] = useState(false)
  const [text, setText] = useState<string | null>(null)
  const change = (next: boolean) => {
    setOpen(next)
    setText(null)
  }
  return (
    <Dialog open={isOpen} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button>
          <PlusIcon /> New token
        </Button>
      </DialogTrigger>
      <DialogContent>
        {text === null ? (
          <TokenForm onCreated={setText} />
        ) : (
          <TokenText text={text} onDone={() => change(false)} />
        )}
      </DialogContent>
    </Dialog>
  )
}

function TokenForm({ onCreated }: { onCreated: (text: string) => void }) {
  const team = useTeam().slug
  const endpoints = useEndpointNames(team)
  const {
    form: fields,
    submit,
    error,
    isPending,
  } = useActionForm({
    schema: form,
    defaultValues: { name: '', scope: 'infer' as const, endpoint: ALL, expiry: '90' },
    action: createToken,
    toInput: values => ({
      team,
      name: values.name,
      scope: values.scope,
      endpoint: values.endpoint === ALL ? null : values.endpoint,
      expiresInDays: values.expiry === 'never' ? null : Number(values.expiry),
    }),
    invalidates: ['tokens.list'],
    onSuccess: created => onCreated(created.text),
  })
  const { errors } = fields.formState
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
        error={errors.name?.message}
      >
        <FieldInput {...fields.register('name')} autoComplete="off" placeholder="nightly batch" />
      </Field>
      <Controller
        control={fields.control}
        name="scope"
        render={({ field }) => (
          <RadioGroup
            aria-label="Scope"
            value={field.value}
            onValueChange={field.onChange}
            className="grid gap-2"
          >
            {TOKEN_SCOPES.map(scope => (
              <RadioTile key={scope} value={scope} className="grid gap-0.5">
                <span className="font-medium">{scope}</span>
                <span className="text-muted-foreground text-xs">{TOKEN_SCOPE_INFO[scope]}</span>
              </RadioTile>
            ))}
          </RadioGroup>
        )}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Controller
          control={fields.control}
          name="endpoint"
          render={({ field }) => (
            <Field label="Endpoint">
              <FieldSelect
                value={field.value}
                onChange={field.onChange}
                options={[
                  { value: ALL, label: 'All endpoints' },
                  ...endpoints.map(name => ({ value: name, label: name })),
                ]}
              />
            </Field>
          )}
        />
        <Controller
          control={fields.control}
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
