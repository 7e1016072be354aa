import { sendJson } from '../http/answer'
import type { OwnPage } from '../http/request-handler'
import type { Flusher } from '../recording/flusher'
import type { RouteSource } from '../routes/route-source'

/** Routes are read every 10 s; older than this they are stale. */
const STALE_AFTER_SECONDS = 30

/** `GET /healthz`: whether this gateway can serve, and from how old a picture. */
export function healthPage(
  routes: Pick<RouteSource, 'table' | 'readAt' | 'isDatabaseReachable'>,
  facts: { processId: string; startedAt: Date; flusher: Pick<Flusher, 'lostRequests' | 'isSpoolFailing'> },
): OwnPage {
  return (req, res, requestId) => {
    const { table, readAt, isDatabaseReachable } = routes
    const ageSeconds = readAt === null ? null : Math.max(0, (Date.now() - readAt.getTime()) / 1000)
    sendJson(req, res, requestId, table ? 200 : 503, {
      status: table ? 'ok' : 'no routes',
      process: facts.processId,
      startedAt: facts.startedAt.toISOString(),
      routes: {
        readAt: readAt?.toISOString() ?? null,
        ageSeconds: ageSeconds === null ? null : Math.round(ageSeconds * 10) / 10,
        isStale: ageSeconds === null || ageSeconds > STALE_AFTER_SECONDS,
        endpoints: table?.endpoints.size ?? 0,
      },
      database: isDatabaseReachable ? 'reachable' : 'unreachable',
      spool: facts.flusher.isSpoolFailing ? 'failing' : 'ok',
      lostMeasurements: facts.flusher.lostRequests,
    })
  }
}
