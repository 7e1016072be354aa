import { z } from 'zod'
import { connectionSettings, permissionResult } from './connection'

/** A connection as pages and scripts see it: never a secret. */
export const connectionView = z.object({
  id: z.uuid(),
  name: z.string(),
  settings: connectionSettings,
  /** What the last test said of each permission. */
  permissions: z.array(permissionResult),
  /** Why the last test could not be made; null when it could. */
  problem: z.string().nullable(),
  checkedAt: z.string(),
  createdAt: z.string(),
  createdBy: z.string().nullable(),
  /** Names of the endpoints that use it. */
  endpoints: z.array(z.string()),
})
export type ConnectionView = z.infer<typeof connectionView>

export const connectionList = z.object({
  items: z.array(connectionView),
  /** Whether the team may use the credentials of the machine that Slipway runs on. */
  mayUseAmbientAws: z.boolean(),
  mayUseAmbientAzure: z.boolean(),
})
