import { createLoader, parseAsStringLiteral } from 'nuqs/server'
import { RANGE_KEYS } from '@/lib/domain/analytics/range'
import { TEAM_SORTS } from '@/lib/domain/analytics/team'

/** What of the team's figures stands in their URL. */
export const teamParams = {
  range: parseAsStringLiteral(RANGE_KEYS).withDefault('24h'),
  sort: parseAsStringLiteral(TEAM_SORTS).withDefault('requests'),
  direction: parseAsStringLiteral(['asc', 'desc'] as const).withDefault('desc'),
}

export const loadTeamParams = createLoader(teamParams)
type Parsed = Awaited<ReturnType<typeof loadTeamParams>>

export const teamInputOf = (team: string, { range }: Pick<Parsed, 'range'>) => ({ team, range })
