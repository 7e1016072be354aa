'use client'

import { keepPreviousData, type QueryClient, useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import type { ChartKey } from '@/lib/domain/analytics/chart-of'
import { continueCharts, sinceOf } from '@/lib/domain/analytics/continue-charts'
import type { FileFormat } from '@/lib/domain/analytics/export'
import type { ChartInput } from '@/lib/domain/analytics/inputs'
import type { RequestCharts } from '@/lib/domain/analytics/view'
import {
  analyticsHardware,
  analyticsNative,
  analyticsRecords,
  analyticsReplicas,
  analyticsRequests,
} from '@/lib/queries/analytics'
import { browserTransport, keyOf, type Resource } from '@/lib/queries/transport'
import { routes } from '@/lib/routes'
import {
  analyticsParams,
  beforeInputOf,
  chartInputOf,
  exportParamsOf,
  recordsInputOf,
  requestsInputOf,
} from './search-params'

/** A request is in its chart within 5 s at any range: only buckets that may still change are asked for again. */
const LIVE_MS = 2_500
/** What changes more slowly, and is sampled every 10 s. */
const SLOW_MS = 10_000
/** Providers measure by the minute, and count how often they are asked. */
const NATIVE_MS = 60_000

export function useAnalyticsParams() {
  const [params, setParams] = useQueryStates(analyticsParams, { history: 'push' })
  return { params, setParams }
}

/** Asked for again while the range ends now, the tab is visible and nobody paused it. */
const refreshed = (intervalMs: number | false) => ({
  // Changing the range keeps the old chart until the new one is there: no flash, no layout shift.
  placeholderData: keepPreviousData,
  refetchInterval: intervalMs,
  refetchIntervalInBackground: false,
  // What is polled is never this old; a zoom back to a range just left asks for nothing.
  staleTime: 30_000,
})

function useChart<Params, Data>(resource: Resource<Params, Data>, input: Params, intervalMs: number | false) {
  return useQuery({
    queryKey: keyOf(resource, input),
    queryFn: ({ signal }) => browserTransport(resource, input, signal),
    ...refreshed(intervalMs),
  })
}

/** The newest charts: what is held, continued by the buckets that may have changed; everything when they do not fit. */
async function readNewest(
  client: QueryClient,
  input: ChartInput,
  signal: AbortSignal,
): Promise<RequestCharts> {
  const held = client.getQueryData<RequestCharts>(keyOf(analyticsRequests, input))
  const since = sinceOf(held)
  if (held && since !== undefined) {
    const newer = await browserTransport(analyticsRequests, { ...input, since }, signal)
    const joined = continueCharts(held, newer)
    if (joined) return joined
  }
  return await browserTransport(analyticsRequests, input, signal)
}

function useRequestCharts(input: ChartInput, intervalMs: number | false) {
  return useQuery({
    queryKey: keyOf(analyticsRequests, input),
    queryFn: ({ client, signal }) => readNewest(client, input, signal),
    ...refreshed(intervalMs),
  })
}

/** The period before does not change; nothing is read unless somebody compares. */
function useBefore(input: ChartInput, isCompared: boolean) {
  return useQuery({
    queryKey: keyOf(analyticsRequests, input),
    queryFn: ({ signal }) => browserTransport(analyticsRequests, input, signal),
    ...refreshed(60_000),
    enabled: isCompared,
  })
}

/** Whether the provider has metrics of its own is the provider's to say; asked once a minute where it has. */
export function useNative(input: ChartInput) {
  return useQuery({
    queryKey: keyOf(analyticsNative, input),
    queryFn: ({ signal }) => browserTransport(analyticsNative, input, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.source ? NATIVE_MS : false),
    staleTime: NATIVE_MS,
  })
}

/** `isOver` where nothing new can come: the endpoint is deleted. */
export function useAnalytics(team: string, endpoint: string, isOver: boolean) {
  const { params, setParams } = useAnalyticsParams()
  const isLive = params.live && params.from === null && !isOver
  const input = chartInputOf(team, endpoint, params)
  const fileAt = (chart: ChartKey) => (format: FileFormat) =>
    routes.api.analytics(team, endpoint, 'export', exportParamsOf(params, chart, format))
  const before = useBefore(beforeInputOf(team, endpoint, params), params.compare)
  return {
    params,
    setParams,
    input,
    fileAt,
    requests: useRequestCharts(requestsInputOf(team, endpoint, params), isLive && LIVE_MS),
    before: params.compare ? before.data : undefined,
    replicas: useChart(analyticsReplicas, input, isLive && SLOW_MS),
    hardware: useChart(analyticsHardware, input, isLive && SLOW_MS),
    records: useChart(analyticsRecords, recordsInputOf(team, endpoint, params), isLive && LIVE_MS),
  }
}

export type Analytics = ReturnType<typeof useAnalytics>
/** Where the files of a chart are. */
export type FileAt = Analytics['fileAt']
