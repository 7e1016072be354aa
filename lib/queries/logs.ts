import { filterParams, logFilter } from '@/lib/domain/logs/filter'
import type { ReadLogPageInput } from '@/lib/domain/logs/inputs'
import { type RequestLinesInput, requestLines } from '@/lib/domain/logs/request-lines'
import { logPage } from '@/lib/domain/logs/view'
import { routes } from '@/lib/routes'
import { resource } from './transport'

const text = (value: unknown): string | undefined => (value === undefined ? undefined : String(value))

/** One page of an endpoint's log, oldest line first. Live lines and long searches come by streams of their own. */
export const logsPage = resource({
  name: 'logs.page',
  path: ({ team, endpoint, before, after, around, limit, ...filter }: ReadLogPageInput) =>
    routes.api.logs(team, endpoint, {
      ...filterParams(logFilter.parse(filter)),
      before: text(before),
      after: text(after),
      around: text(around),
      limit: text(limit),
    }),
  schema: logPage,
})

/** One request: its record, and the lines with its id, else those of its replica in its time. Says which. */
export const logsOfRequest = resource({
  name: 'logs.request',
  path: ({ team, endpoint, id, limit }: RequestLinesInput) =>
    routes.api.logsOfRequest(team, endpoint, { id, limit: text(limit) }),
  schema: requestLines,
})
