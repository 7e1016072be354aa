import {
  createLoader,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server'
import type { ChartKey } from '@/lib/domain/analytics/chart-of'
import type { FileFormat } from '@/lib/domain/analytics/export'
import { RANGE_KEYS } from '@/lib/domain/analytics/range'

/** What a person might share or reload: one parser object for the page and for its server part. */
export const analyticsParams = {
  range: parseAsStringLiteral(RANGE_KEYS).withDefault('1h'),
  /** Both ends of a custom range, milliseconds since 1970; set by dragging on a chart. */
  from: parseAsInteger,
  to: parseAsInteger,
  revision: parseAsInteger,
  replica: parseAsString,
  /** A token's id; excludes revision and replica. */
  token: parseAsString,
  /** With the period before as dashed lines. */
  compare: parseAsBoolean.withDefault(false),
  /** CPU and memory. */
  per: parseAsStringLiteral(['replica', 'mean'] as const).withDefault('replica'),
  by: parseAsStringLiteral(['class', 'code'] as const).withDefault('class'),
  /** Shares of each bucket instead of counts. */
  share: parseAsBoolean.withDefault(false),
  log: parseAsBoolean.withDefault(false),
  /** Series that are not drawn: `latency.p50`. */
  hide: parseAsArrayOf(parseAsString).withDefault([]),
  zone: parseAsStringLiteral(['local', 'utc'] as const).withDefault('local'),
  live: parseAsBoolean.withDefault(true),
  /* The table of requests. */
  status: parseAsString,
  slowest: parseAsBoolean.withDefault(false),
  /** Milliseconds a listed request took at least. */
  min: parseAsInteger,
  /** The id of a request whose record is shown. */
  request: parseAsString,
}

export const loadAnalyticsParams = createLoader(analyticsParams)

type Parsed = Awaited<ReturnType<typeof loadAnalyticsParams>>

/** The part every read shares. */
export const chartInputOf = (team: string, endpoint: string, params: Parsed) => ({
  team,
  endpoint,
  range: params.range,
  ...(params.from !== null && params.to !== null ? { from: params.from, to: params.to } : {}),
  ...(params.revision !== null ? { revision: params.revision } : {}),
  ...(params.replica !== null ? { replica: params.replica } : {}),
  ...(params.token !== null ? { token: params.token } : {}),
})

/** The requests' charts: alone, or one of the two periods that are compared. */
export const requestsInputOf = (team: string, endpoint: string, params: Parsed) => ({
  ...chartInputOf(team, endpoint, params),
  ...(params.compare ? { period: 'now' as const } : {}),
})

export const beforeInputOf = (team: string, endpoint: string, params: Parsed) => ({
  ...chartInputOf(team, endpoint, params),
  period: 'before' as const,
})

export const recordsInputOf = (team: string, endpoint: string, params: Parsed) => ({
  ...chartInputOf(team, endpoint, params),
  ...(params.status ? { status: params.status } : {}),
  ...(params.min !== null ? { minMs: params.min } : {}),
  sort: params.slowest ? ('slowest' as const) : ('newest' as const),
})

/** What a chart's file is asked for by: the same window, filters and ways to look. */
export function exportParamsOf(params: Parsed, chart: ChartKey, format: FileFormat): Record<string, string> {
  const { team: _team, endpoint: _endpoint, ...asked } = chartInputOf('', '', params)
  const { by, share, per, compare } = params
  return Object.fromEntries(
    Object.entries({ chart, format, ...asked, by, share, per, compare }).map(([key, value]) => [
      key,
      String(value),
    ]),
  )
}
