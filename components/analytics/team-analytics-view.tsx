'use client'

import { BoxIcon } from 'lucide-react'
import { useQueryStates } from 'nuqs'
import { useDeferredValue } from 'react'
import { DataTable } from '@/components/data-table/data-table'
import { NewEndpointButton } from '@/components/endpoints/new-endpoint-button'
import { EmptyState } from '@/components/feedback/empty-state'
import { useTeam } from '@/components/layout/team-context'
import { useResource } from '@/lib/client/use-resource'
import { sortFigures } from '@/lib/domain/analytics/team'
import { analyticsTeam } from '@/lib/queries/analytics'
import { teamColumns } from './team-columns'
import { teamInputOf, teamParams } from './team-params'

const POLL_MS = 15_000

/** All endpoints of the team side by side over one range. */
export function TeamAnalyticsView() {
  const team = useTeam()
  const [params, setParams] = useQueryStates(teamParams)
  const shown = useDeferredValue(params)
  const { data } = useResource(analyticsTeam, teamInputOf(team.slug, shown), { pollMs: () => POLL_MS })
  if (data.items.length === 0)
    return (
      <EmptyState icon={BoxIcon} title="No endpoint to measure yet" action={<NewEndpointButton />}>
        Requests, errors, latency and cost of every endpoint of this team stand here side by side.
      </EmptyState>
    )
  return (
    <DataTable
      label="Endpoints side by side"
      columns={teamColumns(team.slug, shown.range)}
      rows={sortFigures(data.items, params.sort, params.direction)}
      rowKey={row => row.id}
      sorting={{ sort: params.sort, direction: params.direction }}
      onSort={setParams}
      isStale={shown.range !== params.range}
    />
  )
}
