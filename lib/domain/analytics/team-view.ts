import { z } from 'zod'
import { windowInput } from './window-input'

export const teamAnalyticsInput = z.intersection(z.object({ team: z.string() }), windowInput)
export type TeamAnalyticsInput = z.input<typeof teamAnalyticsInput>

/** One endpoint of a team over a window, side by side with the others. */
export const endpointFigures = z.object({
  id: z.string(),
  name: z.string(),
  requests: z.number(),
  /** 5xx among what was answered; null without an answer. */
  errorShare: z.number().nullable(),
  p95Ms: z.number().nullable(),
  /** Nothing of it runs any more; it is here for what it did and cost in the window. */
  isDeleted: z.boolean(),
  /** Null where nobody has set a price. */
  costUsd: z.number().nullable(),
  /** Replica hours without a price, which no sum has. */
  unpricedHours: z.number(),
  costPer1000Usd: z.number().nullable(),
  /** Replica hours that ran without a request. */
  idleHours: z.number(),
})
export type EndpointFigures = z.infer<typeof endpointFigures>

export const teamAnalytics = z.object({ items: z.array(endpointFigures) })
export type TeamAnalytics = z.infer<typeof teamAnalytics>
