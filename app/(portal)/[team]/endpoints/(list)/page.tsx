import type { Metadata } from 'next'
import { Prefetched, read } from '@/app/prefetched'
import { TableSkeleton } from '@/components/data-table/table-skeleton'
import { EndpointList } from '@/components/endpoints/endpoint-list'
import { ListFilters } from '@/components/endpoints/list-filters'
import { listInputOf, loadListParams } from '@/components/endpoints/list-params'
import { NewEndpointButton } from '@/components/endpoints/new-endpoint-button'
import { Region } from '@/components/feedback/region'
import { PageBar, PageBody } from '@/components/layout/page'
import { Card } from '@/components/ui/card'
import { endpointsList } from '@/lib/queries/endpoints'

export const metadata: Metadata = { title: 'Endpoints' }

export default async function EndpointsPage({ params, searchParams }: PageProps<'/[team]/endpoints'>) {
  const { team } = await params
  const input = listInputOf(team, await loadListParams(searchParams))
  return (
    <Prefetched reads={[read(endpointsList, input)]}>
      <PageBar title="Endpoints" actions={<NewEndpointButton />} />
      <PageBody className="grid gap-3">
        <ListFilters />
        <Card className="overflow-hidden">
          <Region title="The endpoints could not be loaded" skeleton={<TableSkeleton columns={8} />}>
            <EndpointList />
          </Region>
        </Card>
      </PageBody>
    </Prefetched>
  )
}
