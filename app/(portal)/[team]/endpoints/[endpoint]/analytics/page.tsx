import type { Metadata } from 'next'
import { Prefetched, read } from '@/app/prefetched'
import { AnalyticsSkeleton } from '@/components/analytics/analytics-skeleton'
import { AnalyticsView } from '@/components/analytics/analytics-view'
import {
  beforeInputOf,
  chartInputOf,
  loadAnalyticsParams,
  recordsInputOf,
  requestsInputOf,
} from '@/components/analytics/search-params'
import { Region } from '@/components/feedback/region'
import {
  analyticsHardware,
  analyticsRecords,
  analyticsReplicas,
  analyticsRequests,
} from '@/lib/queries/analytics'
import { tokensList } from '@/lib/queries/tokens'
import { readEndpoint } from '../read-endpoint'

export const metadata: Metadata = { title: 'Analytics' }

/*
 * Without a loading file: behind it React keeps back for 300 ms what streams in after the frame, skeleton though it
 * is, and nothing of it can be used before.
 */
export default async function AnalyticsPage({
  params,
  searchParams,
}: PageProps<'/[team]/endpoints/[endpoint]/analytics'>) {
  const { team, endpoint } = await params
  const search = await loadAnalyticsParams(searchParams)
  const input = chartInputOf(team, endpoint, search)
  return (
    <Prefetched
      after={readEndpoint(team, endpoint)}
      reads={[
        read(analyticsRequests, requestsInputOf(team, endpoint, search)),
        ...(search.compare ? [read(analyticsRequests, beforeInputOf(team, endpoint, search))] : []),
        read(analyticsReplicas, input),
      ]}
      later={[
        read(analyticsHardware, input),
        read(analyticsRecords, recordsInputOf(team, endpoint, search)),
        read(tokensList, { team }),
      ]}
    >
      <Region title="The charts could not be loaded" skeleton={<AnalyticsSkeleton />}>
        <AnalyticsView />
      </Region>
    </Prefetched>
  )
}
