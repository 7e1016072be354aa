import type { ChartInput, RecordsInput } from '@/lib/domain/analytics/inputs'
import type { TeamAnalyticsInput } from '@/lib/domain/analytics/team-view'
import { routes } from '@/lib/routes'
import { resource } from './transport'

/** Everything but the endpoint goes into the query string; what is not set is left out. */
function search({
  team: _team,
  endpoint: _endpoint,
  ...rest
}: ChartInput | RecordsInput): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, value === undefined ? undefined : String(value)]),
  )
}

const chartPath = (chart: string) => (input: ChartInput | RecordsInput) =>
  routes.api.analytics(input.team, input.endpoint, chart, search(input))

/** Requests, latency, waiting, bytes: all from one read. */
export const analyticsRequests = resource({
  name: 'analytics.requests',
  path: chartPath('requests'),
  schema: async () => (await import('@/lib/domain/analytics/view')).requestCharts,
})

export const analyticsReplicas = resource({
  name: 'analytics.replicas',
  path: chartPath('replicas'),
  schema: async () => (await import('@/lib/domain/analytics/view')).replicaCharts,
})

export const analyticsHardware = resource({
  name: 'analytics.hardware',
  path: chartPath('hardware'),
  schema: async () => (await import('@/lib/domain/analytics/view')).hardwareCharts,
})

/** What the endpoint's provider measured itself. */
export const analyticsNative = resource({
  name: 'analytics.native',
  path: chartPath('native'),
  schema: async () => (await import('@/lib/domain/analytics/view')).nativeCharts,
})

/** Every endpoint of a team, side by side. */
export const analyticsTeam = resource({
  name: 'analytics.team',
  path: ({ team, range }: TeamAnalyticsInput) => routes.api.teamAnalytics(team, { range }),
  schema: async () => (await import('@/lib/domain/analytics/team-view')).teamAnalytics,
})

/** Single requests that were kept. */
export const analyticsRecords = resource({
  name: 'analytics.records',
  path: chartPath('records'),
  schema: async () => (await import('@/lib/domain/analytics/view')).requestRecordPage,
})
