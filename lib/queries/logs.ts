import type { EndpointRefInput } from '@/lib/domain/endpoint/inputs'
import { filterParams, type LogFilter } from '@/lib/domain/logs/filter'
import type { RequestLinesInput } from '@/lib/domain/logs/request-lines'
import { routes } from '@/lib/routes'
import { resource } from './transport'

export type LogPageParams = EndpointRefInput &
  Partial<LogFilter> & { before?: number; after?: number; around?: number; limit?: number }

const text = (value: unknown): string | undefined => (value === undefined ? undefined : String(value))

/** One page of an endpoint's log, oldest line first. Live lines and long searches come by streams of their own. */
export const logsPage = resource({
  name: 'logs.page',
  path: ({ team, endpoint, before, after, around, limit, ...filter }: LogPageParams) =>
    routes.api.logs(team, endpoint, {
      ...filterParams(filter),
      before: text(before),
      after: text(after),
      around: text(around),
      limit: text(limit),
    }),
  schema: async () => (await import('@/lib/domain/logs/view')).logPage,
})

/** One request: its record, and the lines with its id, else those of its replica in its time. Says which. */
export const logsOfRequest = resource({
  name: 'logs.request',
  path: ({ team, endpoint, id, limit }: RequestLinesInput) =>
    routes.api.logsOfRequest(team, endpoint, { id, limit: text(limit) }),
  schema: async () => (await import('@/lib/domain/logs/request-lines')).requestLines,
})

/** How many lines there are over time, by level. */
export const logsDensity = resource({
  name: 'logs.density',
  path: ({ team, endpoint, since, until }: EndpointRefInput & Pick<Partial<LogFilter>, 'since' | 'until'>) =>
    routes.api.logDensity(team, endpoint, { since: text(since), until: text(until) }),
  schema: async () => (await import('@/lib/domain/logs/view')).logDensity,
})
