import { z } from 'zod'
import { ENDPOINT_STATES } from '@/lib/domain/endpoint/state'
import { connectionRef } from './inputs'

/** An endpoint that exists in an account of the team's. */
export const accountEndpointView = z.object({
  name: z.string(),
  state: z.enum(ENDPOINT_STATES),
  replicas: z.number(),
  model: z.string().nullable(),
  hardware: z.string().nullable(),
  region: z.string().nullable(),
  /** Of one replica; null where it is not known. */
  priceUsdPerHour: z.number().nullable(),
  /** By what name it is known here; null while nobody has adopted it. */
  endpoint: z.string().nullable(),
  /** Why it cannot be adopted; null when it can. */
  obstacle: z.string().nullable(),
})
export type AccountEndpointView = z.infer<typeof accountEndpointView>

export const accountEndpointList = z.object({ items: z.array(accountEndpointView) })

export const adoptEndpointInput = connectionRef.extend({
  /** As the provider calls it. */
  name: z.string().min(1).max(256),
})
