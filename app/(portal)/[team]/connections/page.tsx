import type { Metadata } from 'next'
import { Prefetched, read } from '@/app/prefetched'
import { ConnectionList } from '@/components/connections/connection-list'
import { NewConnection } from '@/components/connections/new-connection'
import { Region } from '@/components/feedback/region'
import { PageBar, PageBody } from '@/components/layout/page'
import { Skeleton } from '@/components/ui/skeleton'
import { connectionsList } from '@/lib/queries/connections'

export const metadata: Metadata = { title: 'Connections' }

export default async function ConnectionsPage({ params }: PageProps<'/[team]/connections'>) {
  const { team } = await params
  return (
    <Prefetched reads={[read(connectionsList, { team })]}>
      <PageBar title="Connections" actions={<NewConnection />} />
      <PageBody>
        <Region title="The connections could not be loaded" skeleton={<Skeleton className="h-64" />}>
          <ConnectionList />
        </Region>
      </PageBody>
    </Prefetched>
  )
}
