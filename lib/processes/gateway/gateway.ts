import { once } from 'node:events'
import type { Server } from 'node:http'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { closeDatabase, type Database } from '@/lib/server/db/client'
import { listen } from '@/lib/server/db/notify'
import type { Env } from '@/lib/server/env'
import type { ForwardOptions } from './http/forward'
import { RequestHandler } from './http/request-handler'
import { createGatewayServer } from './http/server'
import { openDoor } from './internal/open-door'
import { healthPage } from './pages/health'
import { metricsPage } from './pages/metrics'
import { Flusher } from './recording/flusher'
import { Heartbeat } from './recording/heartbeat'
import { LastUsed } from './recording/last-used'
import { markRunning, newOwner, unmark } from './recording/owner'
import { Recorder } from './recording/recorder'
import { RouteSource } from './routes/route-source'
import { SavedRoutes } from './routes/saved-routes'
import { readSnapshot } from './routes/snapshot'

const DRAIN_MS = 30_000

type Options = { env: Env; db: Database; directUrl: string; logger: Logger }
export type RunningGateway = { port: number; stop: () => Promise<void> }

/** Puts the parts together and serves, with the database or without. @throws Error when the port is taken. */
export async function startGateway({ env, db, directUrl, logger }: Options): Promise<RunningGateway> {
  const self = newOwner()
  const startedAt = new Date()
  const folder = join(env.SLIPWAY_DATA_DIR, 'gateway')
  const wasKilled = await markRunning(folder, self).catch((error: unknown) => {
    logger.error({ err: error }, 'the data directory cannot be written; measurements are not spooled')
    return true
  })
  const recorder = new Recorder(wasKilled ? 1 : 0)
  const lastUsed = new LastUsed()
  const routes = new RouteSource({
    read: () => readSnapshot(db),
    saved: new SavedRoutes(env.SLIPWAY_DATA_DIR),
    domain: env.SLIPWAY_ENDPOINT_DOMAIN,
    allowedHosts: env.SLIPWAY_ALLOWED_PRIVATE_HOSTS,
    logger,
  })
  const flusher = new Flusher({ recorder, lastUsed, db, folder, self, logger })
  const lostRequests = () => flusher.lostRequests
  const handler = new RequestHandler({
    routes,
    recorder,
    lastUsed,
    domain: env.SLIPWAY_ENDPOINT_DOMAIN,
    trustedProxies: env.SLIPWAY_TRUSTED_PROXIES,
    maxBodyBytes: env.SLIPWAY_MAX_BODY_BYTES,
    onFailure: logFailure(logger),
    onBug: ({ requestId }, error) => logger.error({ err: error, requestId }, 'a request met a bug'),
    ownPages: {
      '/healthz': healthPage(routes, { processId: self.processId, startedAt, flusher }),
      '/metrics': metricsPage({ routes, recorder, metricsToken: env.SLIPWAY_METRICS_TOKEN, lostRequests }),
    },
  })

  await routes.start()
  const stopListening = listen(directUrl, ['endpoints', 'tokens'], routes.hint)
  const server = createGatewayServer(handler, recorder, env.SLIPWAY_MAX_BODY_BYTES)
  const port = await listenOn(server, env)
  flusher.start()
  const door = await openDoor({ env, processId: self.processId, logger })
  const heartbeat = new Heartbeat({
    db,
    self,
    startedAt,
    door,
    state: () => ({ routesReadAt: routes.readAt, inFlight: routes.replicas.inFlightOfDraining() }),
  })
  heartbeat.start()

  const stop = async () => {
    await drain(server, handler, logger)
    door?.close()
    await Promise.allSettled([stopListening(), routes.stop()])
    await flusher.stop()
    await heartbeat.stop()
    await unmark(folder, self)
    await closeDatabase(db)
  }
  return { port, stop }
}

async function listenOn(server: Server, env: Env): Promise<number> {
  server.listen(env.SLIPWAY_GATEWAY_PORT, env.HOST)
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address ? address.port : env.SLIPWAY_GATEWAY_PORT
}

/** Takes nothing new, lets what is under way end, and cuts off what does not end in time. */
async function drain(server: Server, handler: RequestHandler, logger: Logger): Promise<void> {
  handler.isDraining = true
  const closed = once(server, 'close')
  server.close()
  // A connection that was busy when the server closed becomes idle later.
  const sweep = setInterval(() => server.closeIdleConnections(), 100)
  const cut = setTimeout(() => {
    logger.warn({ requests: handler.open.size }, 'cutting off requests that did not end in time')
    server.closeAllConnections()
  }, DRAIN_MS)
  await closed
  clearInterval(sweep)
  clearTimeout(cut)
}

const logFailure =
  (logger: Logger): ForwardOptions['onFailure'] =>
  (exchange, endpoint, { kind, status, cause }, replicaId) => {
    const { requestId } = exchange
    logger.warn(
      { requestId, endpoint: `${endpoint.team}/${endpoint.name}`, replicaId, kind, status, cause },
      'replica failed',
    )
  }
