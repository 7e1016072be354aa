'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { RANGES } from '@/lib/domain/analytics/range'
import {
  analyticsHardware,
  analyticsRecords,
  analyticsReplicas,
  analyticsRequests,
} from '@/lib/queries/analytics'
import { browserTransport, keyOf, type Resource } from '@/lib/queries/transport'
import { analyticsParams, chartInputOf, recordsInputOf } from './search-params'

export function useAnalyticsParams() {
  const [params, setParams] = useQueryStates(analyticsParams, { history: 'push' })
  return { params, setParams }
}

/** A request shows within 5 s in a short range; a coarse bucket changes too slowly to ask that often. */
function refreshMs(range: keyof typeof RANGES): number {
  const seconds = RANGES[range].seconds
  if (seconds <= 6 * 3600) return 4_000
  return seconds <= 24 * 3600 ? 15_000 : 60_000
}

/** One chart answer of the endpoint, refreshed while the range ends now, the tab is visible and nobody paused it. */
function useChart<Params, Data>(resource: Resource<Params, Data>, input: Params, intervalMs: number | false) {
  return useQuery({
    queryKey: keyOf(resource, input),
    queryFn: ({ signal }) => browserTransport(resource, input, signal),
    // Changing the range keeps the old chart until the new one is there: no flash, no layout shift.
    placeholderData: keepPreviousData,
    refetchInterval: intervalMs,
    refetchIntervalInBackground: false,
    staleTime: 2_000,
  })
}

export function useAnalytics(team: string, endpoint: string) {
  const { params, setParams } = useAnalyticsParams()
  const interval = params.live && params.from === null ? refreshMs(params.range) : false
  const input = chartInputOf(team, endpoint, params)
  return {
    params,
    setParams,
    requests: useChart(analyticsRequests, input, interval),
    replicas: useChart(analyticsReplicas, input, interval),
    hardware: useChart(analyticsHardware, input, interval === false ? false : Math.max(interval, 10_000)),
    records: useChart(analyticsRecords, recordsInputOf(team, endpoint, params), interval),
  }
}
