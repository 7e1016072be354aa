import type { Metadata } from 'next'
import { Prefetched } from '@/app/prefetched'
import { Region } from '@/components/feedback/region'
import { eventsQuery } from '@/components/overview/events-query'
import { Overview } from '@/components/overview/overview'
import { OverviewSkeleton } from '@/components/overview/overview-skeleton'
import { serverTransport } from '@/lib/server/transport'

export const metadata: Metadata = { title: 'Overview' }

export default async function OverviewPage({ params }: PageProps<'/[team]/endpoints/[endpoint]/overview'>) {
  const { team, endpoint } = await params
  return (
    <Prefetched
      reads={[client => client.prefetchInfiniteQuery(eventsQuery(team, endpoint, serverTransport))]}
    >
      <Region title="The overview could not be loaded" skeleton={<OverviewSkeleton />}>
        <Overview />
      </Region>
    </Prefetched>
  )
}
