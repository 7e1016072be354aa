'use client'

import { Field, FieldInput } from '@/components/ui/field'
import type { ConnectionFormValues } from './connection-form-schema'
import { ConnectionFrame, SECRET } from './connection-frame'
import { TokenHelp } from './token-help'
import { type ConnectionFormProps, frameValues, useConnectionForm } from './use-connection-form'

/** A Hugging Face account: who pays, and the token to act with. Tested before it is kept. */
export function ConnectionForm(props: ConnectionFormProps) {
  const state = useHuggingFaceForm(props)
  const { register, formState } = state.form
  const { errors } = formState
  return (
    <ConnectionFrame
      state={state}
      namePlaceholder="Hugging Face, research"
      address={{
        label: 'Base URL',
        description: 'Another server with the same API. Empty for Hugging Face itself.',
      }}
    >
      <Field
        label="Namespace"
        description="The user or organisation that pays."
        error={errors.namespace?.message}
      >
        <FieldInput {...register('namespace')} autoComplete="off" spellCheck={false} placeholder="acme" />
      </Field>
      <Field
        label="Token"
        description={props.connection ? 'Leave empty to keep the one that is stored.' : undefined}
        error={errors.token?.message}
      >
        <FieldInput {...register('token')} {...SECRET} placeholder="hf_…" />
      </Field>
      <TokenHelp />
    </ConnectionFrame>
  )
}

function useHuggingFaceForm(props: ConnectionFormProps) {
  const { connection } = props
  const known = connection?.settings.kind === 'huggingface' ? connection.settings : null
  return useConnectionForm<ConnectionFormValues>({
    ...props,
    schema: async () => {
      const schemas = await import('./connection-form-schema')
      return connection ? schemas.changedConnectionSchema : schemas.newConnectionSchema
    },
    defaultValues: { ...frameValues(connection), namespace: known?.namespace ?? '', token: '' },
    toAccount: ({ namespace, token }, baseUrl) => ({
      settings: { kind: 'huggingface', namespace, baseUrl },
      secrets: { token },
      keepsSecrets: token === '',
    }),
  })
}
