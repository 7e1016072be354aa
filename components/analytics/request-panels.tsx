'use client'

import { ChartPanel, type Drawing } from '@/components/charts/chart-panel'
import { Label } from '@/components/ui/label'
import { Skeleton } from '@/components/ui/skeleton'
import { Switch } from '@/components/ui/switch'
import { prepareHeat } from '@/lib/domain/analytics/prepare-heat'
import {
  prepareInFlight,
  prepareLatency,
  prepareRequests,
  prepareTraffic,
} from '@/lib/domain/analytics/prepare-requests'
import {
  asShares,
  comparedWith,
  prepareAllRequests,
  prepareErrorShare,
  prepareTokens,
} from '@/lib/domain/analytics/prepare-shares'
import type { PreparedChart } from '@/lib/domain/analytics/prepared'
import type { RequestCharts } from '@/lib/domain/analytics/view'
import { RequestControls } from './request-controls'
import { LatencyFigures, RequestFigures } from './request-figures'
import type { Analytics } from './use-analytics'

const NO_REQUESTS = 'No requests in this window.'
const NOT_PER_TOKEN = 'Per token only counts and total latency are kept. Choose all tokens to see this.'
const NOT_FILTERED = 'Kept for the endpoint as a whole. Choose all replicas and revisions to see this.'

type Props = Pick<Analytics, 'params' | 'setParams' | 'before'> & {
  data: RequestCharts | undefined
  drawing: Drawing
}

/** Counts with the period before as a line, or the shares of each bucket, which have nothing to compare. */
function requestsChart(
  data: RequestCharts,
  before: RequestCharts | undefined,
  by: 'class' | 'code',
  isShare: boolean,
): PreparedChart {
  const counts = prepareRequests(data, by)
  return isShare ? asShares(counts) : comparedWith(counts, before && prepareAllRequests(before))
}

/** Every chart that is drawn from what the gateway measured. */
export function RequestPanels({ params, setParams, data, before, drawing }: Props) {
  const of = (prepare: (from: RequestCharts) => PreparedChart) =>
    data && comparedWith(prepare(data), before && prepare(before))
  const byToken = data?.byToken ?? false
  const notPerToken = byToken ? NOT_PER_TOKEN : NO_REQUESTS
  const isPart = params.revision !== null || params.replica !== null
  return (
    <>
      <ChartPanel
        title="Requests"
        description={byToken ? 'Of one token, by class' : 'Counted at the gateway, exactly'}
        chart={data && requestsChart(data, before, byToken ? 'class' : params.by, params.share)}
        emptyText={NO_REQUESTS}
        drawing={drawing}
        controls={<RequestControls params={params} setParams={setParams} byToken={byToken} />}
      >
        {data ? <RequestFigures data={data} /> : <Skeleton className="h-9 w-48" />}
      </ChartPanel>
      <ChartPanel
        title="Latency"
        description="First byte in to last byte out; within 1 %"
        chart={of(from => prepareLatency(from, 'total'))}
        emptyText={NO_REQUESTS}
        logScale={params.log}
        drawing={drawing}
        controls={
          <div className="mr-1 flex items-center gap-1.5">
            <Switch id="log-scale" checked={params.log} onCheckedChange={log => setParams({ log })} />
            <Label htmlFor="log-scale" className="text-muted-foreground text-xs">
              Log scale
            </Label>
          </div>
        }
      >
        {data ? <LatencyFigures data={data} of="total" /> : <Skeleton className="h-9 w-48" />}
      </ChartPanel>
      <ChartPanel
        title="Error share"
        description="Of the requests that were answered"
        chart={of(prepareErrorShare)}
        emptyText={NO_REQUESTS}
        drawing={drawing}
      />
      <ChartPanel
        title="Latency heat map"
        description="The darker, the more requests took that long"
        chart={data && prepareHeat(data)}
        emptyText={NO_REQUESTS}
        drawing={drawing}
      />
      <ChartPanel
        title="Time to first byte"
        description="Until the first byte of the answer"
        chart={of(from => prepareLatency(from, 'ttfb'))}
        emptyText={notPerToken}
        logScale={params.log}
        drawing={drawing}
      />
      <ChartPanel
        title="Wait"
        description="For a replica to be free or awake"
        chart={of(from => prepareLatency(from, 'wait'))}
        emptyText={notPerToken}
        drawing={drawing}
      />
      <ChartPanel
        title="In flight"
        description="Requests being answered or waiting"
        chart={data && prepareInFlight(data)}
        emptyText={isPart ? NOT_FILTERED : notPerToken}
        drawing={drawing}
      />
      <ChartPanel
        title="Traffic"
        description="Bytes received and sent"
        chart={data && prepareTraffic(data)}
        emptyText={notPerToken}
        drawing={drawing}
      />
      {data && !prepareTokens(data).empty && (
        <ChartPanel
          title="Tokens"
          description="Read and written by the model, as its answers say"
          chart={prepareTokens(data)}
          emptyText={notPerToken}
          drawing={drawing}
        />
      )}
    </>
  )
}
