'use client'

import { ChartPanel } from '@/components/charts/chart-panel'
import { ReplicaBands } from '@/components/charts/replica-bands'
import { useCurrentEndpoint } from '@/components/endpoints/use-current-endpoint'
import { Card } from '@/components/ui/card'
import { Label } from '@/components/ui/label'
import { Skeleton } from '@/components/ui/skeleton'
import { Switch } from '@/components/ui/switch'
import { ToggleGroup, ToggleGroupItem } from '@/components/ui/toggle-group'
import { prepareHardware, prepareRunning } from '@/lib/domain/analytics/prepare-replicas'
import {
  prepareInFlight,
  prepareLatency,
  prepareRequests,
  prepareTraffic,
} from '@/lib/domain/analytics/prepare-requests'
import type { ReplicaCharts } from '@/lib/domain/analytics/view'
import { LatencyFigures, RequestFigures } from './request-figures'
import { RequestsTable } from './requests-table'
import { AnalyticsToolbar } from './toolbar'
import { useAnalytics } from './use-analytics'

const NO_REQUESTS = 'No requests in this window.'
const NO_SAMPLES = 'No replica ran in this window.'

/** The Analytics tab: one toolbar, every chart of it on the same time axis, and the requests behind them. */
export function AnalyticsView() {
  const { team, endpoint } = useCurrentEndpoint()
  const { params, setParams, requests, replicas, hardware, records } = useAnalytics(team, endpoint.name)
  const zoom = (fromMs: number, toMs: number) => setParams({ from: fromMs, to: toMs })
  const shared = { zone: params.zone, markers: replicas.data?.markers ?? [], onZoom: zoom }
  const failed = [requests, replicas, hardware, records].find(query => query.isError)
  const data = requests.data

  return (
    <div className="grid gap-3">
      <AnalyticsToolbar params={params} setParams={setParams} endpoint={endpoint} />
      {failed?.error && (
        <p role="alert" className="rounded-md border border-state-bad/40 bg-state-bad/10 px-3 py-2 text-sm">
          {failed.error.message} What is shown may be old; this page keeps trying.
        </p>
      )}
      <div className="grid gap-3 lg:grid-cols-2">
        <ChartPanel
          title="Requests"
          description="Counted at the gateway, exactly"
          chart={data && prepareRequests(data, params.by)}
          emptyText={NO_REQUESTS}
          {...shared}
        >
          <div className="flex flex-wrap items-start justify-between gap-2">
            {data ? <RequestFigures data={data} /> : <Skeleton className="h-9 w-48" />}
            <ToggleGroup
              type="single"
              aria-label="Group requests"
              value={params.by}
              onValueChange={by => by && setParams({ by: by === 'code' ? 'code' : 'class' })}
            >
              <ToggleGroupItem value="class">Class</ToggleGroupItem>
              <ToggleGroupItem value="code">Code</ToggleGroupItem>
            </ToggleGroup>
          </div>
        </ChartPanel>
        <ChartPanel
          title="Latency"
          description="Headers received to last byte written; percentiles within 1 %"
          chart={data && prepareLatency(data, 'total')}
          emptyText={NO_REQUESTS}
          logScale={params.log}
          {...shared}
        >
          <div className="flex flex-wrap items-start justify-between gap-2">
            {data ? <LatencyFigures data={data} of="total" /> : <Skeleton className="h-9 w-48" />}
            <div className="flex items-center gap-1.5">
              <Switch id="log-scale" checked={params.log} onCheckedChange={log => setParams({ log })} />
              <Label htmlFor="log-scale" className="text-muted-foreground text-xs">
                Log scale
              </Label>
            </div>
          </div>
        </ChartPanel>
        <ChartPanel
          title="Time to first byte"
          description="Until the first byte of the answer"
          chart={data && prepareLatency(data, 'ttfb')}
          emptyText={NO_REQUESTS}
          logScale={params.log}
          {...shared}
        />
        <ChartPanel
          title="Wait"
          description="For a replica to be free or awake"
          chart={data && prepareLatency(data, 'wait')}
          emptyText={NO_REQUESTS}
          {...shared}
        />
        <ChartPanel
          title="In flight"
          description="Requests being answered or waiting"
          chart={data && prepareInFlight(data)}
          emptyText={NO_REQUESTS}
          {...shared}
        />
        <ChartPanel
          title="Traffic"
          description="Bytes received and sent"
          chart={data && prepareTraffic(data)}
          emptyText={NO_REQUESTS}
          {...shared}
        />
        <ChartPanel
          title="Running replicas"
          description="Ready to answer; the line is the most allowed"
          chart={replicas.data && prepareRunning(replicas.data)}
          emptyText={NO_SAMPLES}
          {...shared}
        />
        <Timeline data={replicas.data} zone={params.zone} />
        <ChartPanel
          title="CPU"
          description="Share of the instance type, mean of 10 s samples"
          chart={hardware.data && prepareHardware(hardware.data, 'cpu')}
          emptyText={NO_SAMPLES}
          {...shared}
        />
        <ChartPanel
          title="Memory"
          description="Of each replica’s processes"
          chart={hardware.data && prepareHardware(hardware.data, 'memory')}
          emptyText={NO_SAMPLES}
          {...shared}
        />
      </div>
      <RequestsTable
        page={records.data}
        team={team}
        endpoint={endpoint.name}
        zone={params.zone}
        status={params.status}
        slowest={params.slowest}
        onFilter={setParams}
      />
    </div>
  )
}

function Timeline({ data, zone }: { data: ReplicaCharts | undefined; zone: 'local' | 'utc' }) {
  return (
    <Card className="flex min-w-0 flex-col gap-2 p-3" aria-label="Replica timeline">
      <header>
        <h2 className="font-medium text-sm">Replica timeline</h2>
        <p className="text-muted-foreground text-xs">Each replica’s states, newest last</p>
      </header>
      {data === undefined ? (
        <Skeleton className="h-[180px]" />
      ) : data.bands.length === 0 ? (
        <p className="grid h-[180px] place-items-center rounded-md border border-dashed text-muted-foreground text-xs">
          {NO_SAMPLES}
        </p>
      ) : (
        <ReplicaBands data={data} zone={zone} />
      )}
    </Card>
  )
}
