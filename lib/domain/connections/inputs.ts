import { z } from 'zod'
import {
  type ConnectionSecrets,
  type ConnectionSettings,
  connectionSecrets,
  connectionSettings,
  SECRETS,
} from './connection'

const team = z.string().min(1).max(64)
const name = z.string().trim().min(1, 'Give the connection a name.').max(64, 'At most 64 characters.')

export const connectionRef = z.object({ team, connectionId: z.uuid() })
export type ConnectionRefInput = z.infer<typeof connectionRef>

type Given = { settings: ConnectionSettings; secrets: ConnectionSecrets | null }
const fitsTogether = ({ settings, secrets }: Given): boolean =>
  secrets === null || SECRETS[settings.kind].safeParse(secrets).success
const OTHER_KIND = { error: 'These secrets are not of this kind of connection.', path: ['secrets'] }

export const createConnectionInput = z
  .object({ team, name, settings: connectionSettings, secrets: connectionSecrets })
  .refine(fitsTogether, OTHER_KIND)
export type CreateConnectionInput = z.input<typeof createConnectionInput>

export const updateConnectionInput = connectionRef
  .extend({
    name,
    settings: connectionSettings,
    /** Null keeps what is stored. */
    secrets: connectionSecrets.nullable(),
  })
  .refine(fitsTogether, OTHER_KIND)
export type UpdateConnectionInput = z.input<typeof updateConnectionInput>
