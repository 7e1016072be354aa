import { randomInt, randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { startLogCollection } from '@/lib/processes/controller/logs/start-log-collection'
import { processes } from '@/lib/server/db/schema/processes'
import { createLocalProvider } from '@/lib/server/providers/local/provider'
import { startTestController } from './controller'
import { GatewayProcess } from './gateway'
import { makeLocalPlace, modelServersOf } from './local-place'
import { startSecondSlipway } from './second-slipway'

/**
 * The second installation with all that serves: its controller, its log collector, the real gateway as a process,
 * and replicas as processes under real shims, with the stub as their model server. Call `testDataDir()` first, and
 * nothing that reads the environment before this.
 */
export async function startServingSlipway() {
  const port = await freePort()
  // Its portal names this address in `status.url`; the environment is read once.
  process.env.SLIPWAY_GATEWAY_URL = `http://127.0.0.1:${port}`
  // A controller in a hurry asks more often than the API lets anybody.
  process.env.SLIPWAY_API_REQUESTS_PER_SECOND = '10000'
  const portal = await startSecondSlipway()
  const place = await makeLocalPlace({ machine: () => ({ cpus: 8, memoryBytes: 16 * 1024 ** 3 }) })
  const gateway = await new GatewayProcess(portal.databaseUrl, { SLIPWAY_GATEWAY_PORT: String(port) }).start()
  const provider = createLocalProvider(place.settings)
  const controller = startTestController(portal.db, provider)
  const processId = `controller-${randomUUID()}`
  await portal.db.insert(processes).values({
    id: processId,
    kind: 'controller',
    host: 'test',
    startedAt: sql`now()`,
    seenAt: sql`now() + interval '1 hour'`,
  })
  const logs = startLogCollection({
    db: portal.db,
    dataDir: place.settings.dataDir,
    logger: pino({ level: 'silent' }),
    processId,
    host: '127.0.0.1',
    linesPerSecond: 1_000_000,
    retention: { days: 30, bytes: 1024 ** 3 },
    providerOf: () => provider,
    isOurs: () => true,
  })
  return {
    ...portal,
    gatewayUrl: gateway.url,
    countReplicas: async () => (await modelServersOf(place.settings)).length,
    stop: async () => {
      await controller.stop({ halt: ['local'] })
      await logs.stop()
      await gateway.dispose()
      await place.dispose()
      await portal.stop()
    },
  }
}

export type ServingSlipway = Awaited<ReturnType<typeof startServingSlipway>>

/** Below those that connections and servers without a wish are given: nobody takes it until it is listened at. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    const server = createServer()
    const isFree = await new Promise<boolean>(resolve => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    await new Promise<void>(done => server.close(() => done()))
    if (isFree) return port
  }
}
