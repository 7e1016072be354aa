import { z } from 'zod'
import { connectionSecrets, connectionSettings } from './connection'

const team = z.string().min(1).max(64)
const name = z.string().trim().min(1, 'Give the connection a name.').max(64, 'At most 64 characters.')

export const connectionRef = z.object({ team, connectionId: z.uuid() })
export type ConnectionRefInput = z.infer<typeof connectionRef>

export const createConnectionInput = z.object({
  team,
  name,
  settings: connectionSettings,
  secrets: connectionSecrets,
})
export type CreateConnectionInput = z.input<typeof createConnectionInput>

export const updateConnectionInput = connectionRef.extend({
  name,
  settings: connectionSettings,
  /** Null keeps what is stored. */
  secrets: connectionSecrets.nullable(),
})
export type UpdateConnectionInput = z.input<typeof updateConnectionInput>
