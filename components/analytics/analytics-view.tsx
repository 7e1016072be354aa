'use client'

import type { Drawing } from '@/components/charts/chart-panel'
import { expectWidth } from '@/components/charts/use-width'
import { useCurrentEndpoint } from '@/components/endpoints/use-current-endpoint'
import { Later } from '@/components/layout/later'
import { zoomedTo } from '@/lib/domain/analytics/range'
import { hasFrontDoor } from '@/lib/domain/hardware/provider'
import { isDirectOnly } from '@/lib/domain/network/direct-only'
import { routes } from '@/lib/routes'
import { AnalyticsSkeleton } from './analytics-skeleton'
import { GapNote } from './gap-note'
import { NamedRequest } from './named-request'
import { NativePanels } from './native-panels'
import { ReplicaPanels } from './replica-panels'
import { RequestPanels } from './request-panels'
import { RequestsTable } from './requests-table'
import { recordsInputOf } from './search-params'
import { AnalyticsToolbar } from './toolbar'
import { useAnalytics } from './use-analytics'
import { useHydrated } from './use-hydrated'

/* The same at every drawing: another would draw every chart again. */
const NO_MARKERS: Drawing['markers'] = []

/** The Analytics tab: one toolbar, every chart of it on the same time axis, and the requests behind them. */
export function AnalyticsView() {
  const { team, endpoint, ref } = useCurrentEndpoint()
  const { params, setParams, fileAt, requests, before, replicas, hardware, input, records } = useAnalytics(
    team,
    ref,
    endpoint.removedAt !== null,
  )
  const isHydrated = useHydrated()
  const failed = [requests, replicas, hardware, records].find(query => query.isLoadingError)
  const drawing = {
    zone: params.zone,
    markers: replicas.data?.markers ?? NO_MARKERS,
    hidden: params.hide,
    onHide: (hide: string[]) => setParams({ hide }, { history: 'replace' }),
    onZoom: (fromMs: number, toMs: number) => setParams(zoomedTo(fromMs, toMs)),
    logsAt: (atMs: number) => routes.endpoint(team, ref, 'logs', { at: String(atMs) }),
  }
  const shared = { params, setParams, drawing, fileAt }
  const isDirect = isDirectOnly(endpoint.spec)
  const native = hasFrontDoor(endpoint.provider) && (
    <NativePanels
      input={input}
      isFiltered={params.replica !== null || params.revision !== null || params.token !== null}
      drawing={drawing}
    />
  )
  if (!isHydrated) return <AnalyticsSkeleton onMeasured={expectWidth} />
  return (
    <div className="grid gap-3">
      <AnalyticsToolbar params={params} setParams={setParams} team={team} endpoint={endpoint} />
      {failed?.error && (
        <p role="alert" className="rounded-md border border-state-bad/40 bg-state-bad/10 px-3 py-2 text-sm">
          {failed.error.message} Reload the page to try again.
        </p>
      )}
      {isDirect && (
        <>
          <p role="note" className="rounded-md border px-3 py-2 text-sm">
            Direct only: calls bypass Slipway. What the provider measured comes first; the gateway’s own
            charts below it stay empty, but for calls that it refused.
          </p>
          {native}
        </>
      )}
      <GapNote gapsMs={requests.data?.gapsMs ?? []} zone={params.zone} />
      <div className="grid gap-3 lg:grid-cols-2">
        <RequestPanels {...shared} data={requests.data} before={before} />
        <Later turn={1}>
          <ReplicaPanels {...shared} replicas={replicas.data} hardware={hardware.data} />
        </Later>
      </div>
      <Later turn={2}>
        {!isDirect && native}
        <RequestsTable
          page={records.data}
          input={recordsInputOf(team, ref, params)}
          zone={params.zone}
          filter={params}
          onFilter={setParams}
        />
      </Later>
      {params.request !== null && (
        <NamedRequest
          team={team}
          endpoint={endpoint.name}
          id={params.request}
          zone={params.zone}
          onClose={() => setParams({ request: null })}
        />
      )}
    </div>
  )
}
