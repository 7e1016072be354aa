'use client'

import { useMemo } from 'react'
import { ChartPanel, type Drawing } from '@/components/charts/chart-panel'
import { FirstInSight } from '@/components/charts/when-seen'
import { Later } from '@/components/layout/later'
import { Label } from '@/components/ui/label'
import { Skeleton } from '@/components/ui/skeleton'
import { Switch } from '@/components/ui/switch'
import { CHART_TITLES, type Look, type RequestChartKey, requestCharts } from '@/lib/domain/analytics/chart-of'
import type { RequestCharts } from '@/lib/domain/analytics/view'
import { RequestControls } from './request-controls'
import { LatencyFigures, RequestFigures } from './request-figures'
import type { Analytics, FileAt } from './use-analytics'

const NO_REQUESTS = 'No requests in this window.'
const NOT_PER_TOKEN = 'Per token only counts and total latency are kept. Choose all tokens to see this.'
const NOT_FILTERED = 'Kept for the endpoint as a whole. Choose all replicas and revisions to see this.'

type Props = Pick<Analytics, 'params' | 'setParams' | 'before'> & {
  data: RequestCharts | undefined
  drawing: Drawing
  fileAt: FileAt
}

/** Every chart that is drawn from what the gateway measured. */
export function RequestPanels({ params, setParams, data, before, drawing, fileAt }: Props) {
  const byToken = data?.byToken ?? false
  const notPerToken = byToken ? NOT_PER_TOKEN : NO_REQUESTS
  const isPart = params.revision !== null || params.replica !== null
  const charts = useCharts(data, before, params.by, params.share)
  const of = (key: RequestChartKey) => ({
    title: CHART_TITLES[key],
    chart: charts?.[key],
    fileAt: fileAt(key),
    drawing,
  })
  const tokens = of('tokens')
  return (
    <>
      <FirstInSight value>
        <ChartPanel
          {...of('requests')}
          description={byToken ? 'Of one token, by class' : 'Counted at the gateway, exactly'}
          emptyText={NO_REQUESTS}
          controls={<RequestControls params={params} setParams={setParams} byToken={byToken} />}
        >
          {data ? <RequestFigures data={data} /> : <Skeleton className="h-9 w-48" />}
        </ChartPanel>
        <ChartPanel
          {...of('latency')}
          description="First byte in to last byte out; within 1 %"
          emptyText={NO_REQUESTS}
          logScale={params.log}
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
          {...of('error-share')}
          description="Of the requests that were answered"
          emptyText={NO_REQUESTS}
        />
        <ChartPanel
          {...of('heat-map')}
          description="The stronger the colour, the more requests took that long"
          emptyText={NO_REQUESTS}
        />
      </FirstInSight>
      <Later>
        <ChartPanel
          {...of('first-byte')}
          description="Until the first byte of the answer"
          emptyText={notPerToken}
          logScale={params.log}
        />
        <ChartPanel {...of('wait')} description="For a replica to be free or awake" emptyText={notPerToken} />
        <ChartPanel
          {...of('in-flight')}
          description="Requests being answered or waiting"
          emptyText={isPart ? NOT_FILTERED : notPerToken}
        />
        <ChartPanel {...of('traffic')} description="Bytes received and sent" emptyText={notPerToken} />
        {tokens.chart && !tokens.chart.empty && (
          <ChartPanel
            {...tokens}
            description="Read and written by the model, as its answers say"
            emptyText={notPerToken}
          />
        )}
      </Later>
    </>
  )
}

/** Prepared once per answer, not at every drawing of the page. */
const useCharts = (
  data: RequestCharts | undefined,
  before: RequestCharts | undefined,
  by: Look['by'],
  share: boolean,
) => useMemo(() => data && requestCharts(data, before, { by, share }), [data, before, by, share])
