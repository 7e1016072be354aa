import type { Metadata } from 'next'
import { Prefetched, read } from '@/app/prefetched'
import { Region } from '@/components/feedback/region'
import { headInput, requestInput } from '@/components/log-viewer/head-input'
import { LogSkeleton } from '@/components/log-viewer/log-skeleton'
import { LogViewer } from '@/components/log-viewer/log-viewer'
import { loadLogParams } from '@/components/log-viewer/search-params'
import { logsOfRequest, logsPage } from '@/lib/queries/logs'

export const metadata: Metadata = { title: 'Logs' }

/** The container logs of all replicas; which lines is in the URL, read by the viewer. */
export default async function LogsPage(props: PageProps<'/[team]/endpoints/[endpoint]/logs'>) {
  const { team, endpoint } = await props.params
  const { of } = await loadLogParams(props.searchParams)
  const reads = [read(logsPage, headInput(team, endpoint))]
  if (of !== null) reads.push(read(logsOfRequest, requestInput(team, endpoint, of)))
  return (
    <Prefetched reads={reads}>
      <Region title="The logs could not be read" skeleton={<LogSkeleton />}>
        <LogViewer team={team} endpoint={endpoint} className="h-[88dvh] md:h-[calc(100dvh-12.5rem)]" />
      </Region>
    </Prefetched>
  )
}
