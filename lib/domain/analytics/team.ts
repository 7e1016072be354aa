import type { EndpointFigures } from './team-view'

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
