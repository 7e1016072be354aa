import { timingSafeEqual } from 'node:crypto'
import { scopeIncludes } from '@/lib/domain/access/tokens'
import { OPEN_METRICS_TYPE, openMetricsText } from '@/lib/domain/analytics/open-metrics'
import { sendRefusal, sendText } from '../http/answer'
import { refusal } from '../http/refusal'
import type { OwnPage } from '../http/request-handler'
import type { Recorder } from '../recording/recorder'
import type { RouteSource } from '../routes/route-source'
import { bearerOf, hashOf, TokenCheck } from '../routes/token-check'
import { metricFamilies, type Scope } from './metric-families'

type Options = {
  routes: RouteSource
  recorder: Recorder
  /** SLIPWAY_METRICS_TOKEN: sees all. */
  metricsToken: string | undefined
  lostRequests: () => number
}

/** `GET /metrics`: a team's token with read sees its team, the operator's metrics token everything. */
export function metricsPage({ routes, recorder, metricsToken, lostRequests }: Options): OwnPage {
  const tokens = new TokenCheck(routes)
  const scopeOf = async (authorization: string | undefined): Promise<Scope | 'unknown' | 'forbidden'> => {
    const bearer = bearerOf(authorization)
    if (metricsToken && bearer && isSame(bearer, metricsToken)) return null
    const token = await tokens.check(authorization)
    if (!token) return 'unknown'
    return scopeIncludes(token.scope, 'read')
      ? { teamId: token.teamId, endpointId: token.endpointId }
      : 'forbidden'
  }
  return async (req, res, requestId) => {
    const scope = await scopeOf(req.headers.authorization)
    const { table } = routes
    if (scope === 'unknown') sendRefusal(req, res, requestId, UNAUTHENTICATED)
    else if (scope === 'forbidden') sendRefusal(req, res, requestId, MISSING_READ)
    else if (!table) sendRefusal(req, res, requestId, NO_ROUTES)
    else {
      const sources = { table, recorder, routes, lostRequests: lostRequests() }
      const text = openMetricsText(metricFamilies(sources, scope))
      sendText(req, res, requestId, {
        status: 200,
        headers: ['Content-Type', OPEN_METRICS_TYPE, 'Cache-Control', 'no-store'],
        text,
      })
    }
  }
}

/** By hash, so that neither length nor content shows in the time it takes. */
const isSame = (a: string, b: string): boolean =>
  timingSafeEqual(Buffer.from(hashOf(a)), Buffer.from(hashOf(Buffer.from(b).toString('latin1'))))

const UNAUTHENTICATED = refusal(
  401,
  'Unauthorized: send a token with read, or the metrics token, as `Authorization: Bearer …`.',
  ['WWW-Authenticate', 'Bearer realm="slipway"'],
)
const MISSING_READ = refusal(403, 'Forbidden: missing permissions: inference.endpoints.read')
const NO_ROUTES = refusal(503, 'This gateway does not know its endpoints yet.', ['Retry-After', '5'])
