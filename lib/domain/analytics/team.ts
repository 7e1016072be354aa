import { z } from 'zod'
import { windowInput } from './range'

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

export const TEAM_SORTS = ['name', 'requests', 'errors', 'p95', 'cost', 'costPer1000', 'idle'] as const
export type TeamSort = (typeof TEAM_SORTS)[number]

const VALUE: Record<Exclude<TeamSort, 'name'>, (row: EndpointFigures) => number | null> = {
  requests: row => row.requests,
  errors: row => row.errorShare,
  p95: row => row.p95Ms,
  cost: row => row.costUsd,
  costPer1000: row => row.costPer1000Usd,
  idle: row => row.idleHours,
}

/** What is unknown comes last whichever way it is sorted. */
export function sortFigures(
  rows: readonly EndpointFigures[],
  sort: TeamSort,
  direction: 'asc' | 'desc',
): EndpointFigures[] {
  const sign = direction === 'asc' ? 1 : -1
  return rows.toSorted((a, b) => {
    if (sort === 'name') return sign * a.name.localeCompare(b.name)
    const [left, right] = [VALUE[sort](a), VALUE[sort](b)]
    if (left === null || right === null)
      return Number(left === null) - Number(right === null) || a.name.localeCompare(b.name)
    return sign * (left - right) || a.name.localeCompare(b.name)
  })
}
