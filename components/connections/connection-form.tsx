'use client'

import { FormError } from '@/components/forms/form-error'
import { SubmitButton } from '@/components/forms/submit-button'
import { useActionForm } from '@/components/forms/use-action-form'
import { useTeam } from '@/components/layout/team-context'
import { DialogFooter } from '@/components/ui/dialog'
import { Field, FieldInput } from '@/components/ui/field'
import { createConnection, updateConnection } from '@/lib/actions/connections'
import type { ConnectionView } from '@/lib/domain/connections/view'
import type { ConnectionFormValues } from './connection-form-schema'
import { TokenHelp } from './token-help'

type Props = { connection?: ConnectionView; onSaved: (saved: ConnectionView) => void }

/** A Hugging Face account: who pays, and the token to act with. Tested before it is kept. */
export function ConnectionForm({ connection, onSaved }: Props) {
  const { form, submit, error, isPending } = useConnectionForm({ connection, onSaved })
  const { errors } = form.formState
  return (
    <form className="grid gap-4" onSubmit={submit} noValidate>
      <FormError error={error} title="The connection was not saved" />
      <Field label="Name" description="How the wizard calls it." error={errors.name?.message}>
        <FieldInput {...form.register('name')} autoComplete="off" placeholder="Hugging Face, research" />
      </Field>
      <Field
        label="Namespace"
        description="The user or organisation that pays."
        error={errors.namespace?.message}
      >
        <FieldInput
          {...form.register('namespace')}
          autoComplete="off"
          spellCheck={false}
          placeholder="acme"
        />
      </Field>
      <Field
        label="Token"
        description={connection ? 'Leave empty to keep the one that is stored.' : undefined}
        error={errors.token?.message}
      >
        <FieldInput {...form.register('token')} type="password" autoComplete="off" placeholder="hf_…" />
      </Field>
      <TokenHelp />
      <Field
        label="Base URL"
        optional
        description="Another server with the same API. Empty for Hugging Face itself."
        error={errors.baseUrl?.message}
      >
        <FieldInput {...form.register('baseUrl')} type="url" autoComplete="off" placeholder="https://…" />
      </Field>
      <DialogFooter>
        <SubmitButton isPending={isPending}>{isPending ? 'Testing…' : 'Test and save'}</SubmitButton>
      </DialogFooter>
    </form>
  )
}

function useConnectionForm({ connection, onSaved }: Props) {
  const team = useTeam().slug
  const known = connection?.settings.kind === 'huggingface' ? connection.settings : null
  return useActionForm({
    schema: async () => {
      const schemas = await import('./connection-form-schema')
      return connection ? schemas.changedConnectionSchema : schemas.newConnectionSchema
    },
    defaultValues: {
      name: connection?.name ?? '',
      namespace: known?.namespace ?? '',
      baseUrl: known?.baseUrl ?? '',
      token: '',
    },
    action: (values: ConnectionFormValues) => {
      const { name, namespace, baseUrl, token } = values
      const settings = { kind: 'huggingface' as const, namespace, baseUrl: baseUrl === '' ? null : baseUrl }
      if (!connection) return createConnection({ team, name, settings, secrets: { token } })
      const secrets = token === '' ? null : { token }
      return updateConnection({ team, connectionId: connection.id, name, settings, secrets })
    },
    toInput: values => values,
    invalidates: ['connections.list', 'catalog.get'],
    onSuccess: onSaved,
  })
}
