'use client'

import { BoxIcon, SearchXIcon } from 'lucide-react'
import { useDeferredValue } from 'react'
import { DataTable } from '@/components/data-table/data-table'
import { EmptyState } from '@/components/feedback/empty-state'
import { useTeam } from '@/components/layout/team-context'
import { Button } from '@/components/ui/button'
import { useResource } from '@/lib/client/use-resource'
import { lookAgainAtAnyMs } from '@/lib/domain/endpoint/look-again'
import { endpointsList } from '@/lib/queries/endpoints'
import { LIST_COLUMNS } from './list-columns'
import { listInputOf } from './list-params'
import { NewEndpointButton } from './new-endpoint-button'
import { RowMenu } from './row-menu'
import { useListParams } from './use-list-params'

export function EndpointList() {
  const team = useTeam()
  const { params, setParams, isFiltered, clear } = useListParams()
  // While the next answer is on its way the rows of the last one stay, faded.
  const shown = useDeferredValue(params)
  const { data } = useResource(endpointsList, listInputOf(team.slug, shown), {
    pollMs: ({ items }) => lookAgainAtAnyMs(items),
  })

  if (data.items.length === 0 && isFiltered)
    return (
      <EmptyState
        icon={SearchXIcon}
        title={shown.deleted ? 'No deleted endpoint matches' : 'No endpoint matches'}
        action={
          <Button variant="outline" onClick={clear}>
            Clear search and filters
          </Button>
        }
      >
        {shown.deleted
          ? 'Deleted endpoints stand here with their analytics, logs and events for as long as those are kept.'
          : 'Every word must occur in the name, the model, the task or a tag.'}
      </EmptyState>
    )
  if (data.items.length === 0)
    return (
      <EmptyState icon={BoxIcon} title="Deploy your first model" action={<NewEndpointButton />}>
        Pick a model, a place to run it and who may call it. Minutes later there is a URL that answers, with
        charts and logs beside it. No model at hand? The wizard offers a bundled sample.
      </EmptyState>
    )
  return (
    <DataTable
      label="Endpoints"
      columns={LIST_COLUMNS}
      rows={data.items}
      rowKey={endpoint => endpoint.id}
      sorting={{ sort: params.sort, direction: params.direction }}
      onSort={setParams}
      rowActions={endpoint => endpoint.removedAt === null && <RowMenu endpoint={endpoint} />}
      isStale={shown !== params}
    />
  )
}
