import { z } from 'zod'
import type { LogFilter } from '@/lib/domain/logs/filter'
import { parseFilter } from '@/lib/domain/logs/filter-schema'
import { fail, ok, type Result } from '@/lib/domain/result'
import type { ScanQuery } from '@/lib/server/log-store/scan'

export type LogRequest = { endpointId: string } & (
  | { kind: 'kept' }
  | { kind: 'density'; sinceMs?: number | undefined; untilMs?: number | undefined }
  | ({ kind: 'scan' } & ScanQuery)
  | { kind: 'tail'; after: number; filter: LogFilter }
)

const seq = z.coerce.number().int().nonnegative()
const scanParams = z.object({
  from: seq.default(1),
  to: seq.default(Number.MAX_SAFE_INTEGER),
  order: z.enum(['asc', 'desc']).default('asc'),
  limit: z.coerce.number().int().positive().default(Number.MAX_SAFE_INTEGER),
})
const timeMs = z.coerce.number().int().optional()
const densityParams = z.object({ since: timeMs, until: timeMs })
const tailParams = z.object({ after: seq.default(0) })

const PATH = /^\/logs\/([0-9a-f-]{36})\/(kept|density|scan|tail)$/

/** `GET /logs/<endpoint id>/{kept,density,scan,tail}` with the filter in the query. */
export function parseLogRequest(method: string | undefined, url: string): Result<LogRequest> {
  const { pathname, searchParams } = new URL(url, 'http://internal')
  const [, endpointId, kind] = PATH.exec(pathname) ?? []
  if (method !== 'GET' || !endpointId)
    return fail('invalid', 'GET /logs/<endpoint>/{kept,density,scan,tail}.')
  if (kind === 'kept') return ok({ endpointId, kind })
  const params = Object.fromEntries(searchParams)
  if (kind === 'density') {
    const range = densityParams.safeParse(params)
    if (!range.success) return fail('invalid', z.prettifyError(range.error))
    return ok({ endpointId, kind, sinceMs: range.data.since, untilMs: range.data.until })
  }
  const filter = parseFilter(searchParams)
  if (!filter.success) return fail('invalid', z.prettifyError(filter.error))
  if (kind === 'tail') {
    const tail = tailParams.safeParse(params)
    if (!tail.success) return fail('invalid', z.prettifyError(tail.error))
    return ok({ endpointId, kind, after: tail.data.after, filter: filter.data })
  }
  const scan = scanParams.safeParse(params)
  if (!scan.success) return fail('invalid', z.prettifyError(scan.error))
  return ok({ endpointId, kind: 'scan', ...scan.data, filter: filter.data })
}
