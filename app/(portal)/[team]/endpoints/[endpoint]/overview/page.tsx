import type { Metadata } from 'next'
import { Prefetched, read } from '@/app/prefetched'
import { Region } from '@/components/feedback/region'
import { Overview } from '@/components/overview/overview'
import { Skeleton } from '@/components/ui/skeleton'
import { endpointEvents } from '@/lib/queries/endpoints'

export const metadata: Metadata = { title: 'Overview' }

export default async function OverviewPage({ params }: PageProps<'/[team]/endpoints/[endpoint]/overview'>) {
  const { team, endpoint } = await params
  return (
    <Prefetched reads={[read(endpointEvents, { team, endpoint, limit: 50 })]}>
      <Region title="The overview could not be loaded" skeleton={<Skeleton className="h-[40rem]" />}>
        <Overview />
      </Region>
    </Prefetched>
  )
}
