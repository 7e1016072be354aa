'use client'

import type { DefaultValues } from 'react-hook-form'
import type { z } from 'zod'
import { useActionForm } from '@/components/forms/use-action-form'
import { useTeam } from '@/components/layout/team-context'
import { createConnection, updateConnection } from '@/lib/actions/connections'
import type { ConnectionSecrets, ConnectionSettings } from '@/lib/domain/connections/connection'
import type { ConnectionView } from '@/lib/domain/connections/view'

export type ConnectionFormProps = {
  /** One that is changed; none for a new one. */
  connection?: ConnectionView
  onSaved: (saved: ConnectionView) => void
}

/** Fields that the form of every kind has. */
export type FrameValues = { name: string; baseUrl: string }

export const frameValues = (connection: ConnectionView | undefined): FrameValues => ({
  name: connection?.name ?? '',
  baseUrl: connection?.settings.baseUrl ?? '',
})

type Account = {
  settings: ConnectionSettings
  secrets: ConnectionSecrets
  /** None were entered: those that are stored stay. */
  keepsSecrets: boolean
}

type Options<Values extends FrameValues> = ConnectionFormProps & {
  schema: () => Promise<z.ZodType<Values, Values>>
  defaultValues: DefaultValues<Values>
  toAccount: (values: Values, baseUrl: string | null) => Account
}

/** A form that makes or changes a connection. */
export function useConnectionForm<Values extends FrameValues>(options: Options<Values>) {
  const { connection, onSaved, schema, defaultValues, toAccount } = options
  const team = useTeam().slug
  return useActionForm({
    schema,
    defaultValues,
    action: (values: Values) => {
      const { name, baseUrl } = values
      const { settings, secrets, keepsSecrets } = toAccount(values, baseUrl === '' ? null : baseUrl)
      if (!connection) return createConnection({ team, name, settings, secrets })
      const replaced = keepsSecrets ? null : secrets
      return updateConnection({ team, connectionId: connection.id, name, settings, secrets: replaced })
    },
    toInput: values => values,
    invalidates: ['connections.list', 'catalog.get'],
    onSuccess: onSaved,
  })
}
