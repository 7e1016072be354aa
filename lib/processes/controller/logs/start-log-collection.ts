import { randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { and, eq, isNull, ne, or } from 'drizzle-orm'
import type { Logger } from 'pino'
import { reachableHost } from '@/lib/processes/reachable-host'
import type { Database } from '@/lib/server/db/client'
import { processes } from '@/lib/server/db/schema/processes'
import { LogStore, logLimits } from '@/lib/server/log-store/log-store'
import type { Provider } from '@/lib/server/providers/port'
import { seal } from '@/lib/server/secrets/seal'
import type { Place } from '@/lib/server/services/connections/provider-source'
import { Collector } from './collector'
import type { CollectedReplica } from './find-replicas'
import { listenUntilFree } from './listen-until-free'
import { createLogServer } from './log-server'

const OWN_AGAIN_MS = 1_000
const REFRESH_MS = 1_000
const EXPIRE_MS = 10 * 60_000

export type LogCollectionOptions = {
  db: Database
  dataDir: string
  logger: Logger
  /** This controller's row in `processes`: gets the address and the sealed secret. */
  processId: string
  /** Where the internal server listens; loopback unless portals are on other machines. */
  host: string
  /** 0 takes any free one. */
  port?: number
  /** Where others reach this machine, when it is not `host`. */
  publicHost?: string | undefined
  linesPerSecond: number
  retention: { days: number; bytes: number }
  providerOf: (place: Place) => Provider | Promise<Provider>
  /** Which replicas this controller is to collect. Default: all whose endpoint no other holds a lease on. */
  isOurs?: (replica: CollectedReplica) => boolean
}

export type LogCollection = { stop: () => Promise<void> }

/**
 * Collects the output of every replica into the log store and serves it to portals. Waits in the background while
 * another process owns the store, as after a takeover, and never throws for what it finds there.
 */
export function startLogCollection(options: LogCollectionOptions): LogCollection {
  const stopping = new AbortController()
  const done = run(options, stopping.signal).catch((error: unknown) => {
    options.logger.error({ err: error }, 'log collection ended')
  })
  return {
    stop: async () => {
      stopping.abort()
      await done
    },
  }
}

async function run(options: LogCollectionOptions, signal: AbortSignal): Promise<void> {
  const store = await ownStore(options, signal)
  if (!store) return
  const secret = randomBytes(32).toString('base64url')
  const server = createLogServer({ store, secret, logger: options.logger })
  const { processId } = options
  const collector = new Collector({
    ...options,
    store,
    isOurs: options.isOurs ?? (({ leaseHolder }) => leaseHolder === null || leaseHolder === processId),
  })
  try {
    const sealedSecret = seal(secret, `process:${processId}`)
    await Promise.all([
      every(REFRESH_MS, signal, () => collector.refresh(), options.logger),
      serve(server, sealedSecret, options, signal),
      every(EXPIRE_MS, signal, () => store.expire(id => collector.isCollecting(id)), options.logger),
    ])
  } finally {
    await collector.stop()
    server.close()
    server.closeAllConnections()
    await store.close()
  }
}

async function ownStore({ dataDir, retention, logger }: LogCollectionOptions, signal: AbortSignal) {
  const folder = join(dataDir, 'logs')
  for (let tries = 0; !signal.aborted; tries += 1) {
    const store = await LogStore.open(folder, logLimits(retention))
    if (store) return store
    if (tries === 0) logger.info({ folder }, 'another process owns the logs; waiting')
    await sleep(OWN_AGAIN_MS, undefined, { signal }).catch(() => {})
  }
  return null
}

/** Beside the collecting, which does not wait for a port. */
async function serve(
  server: Server,
  sealedSecret: string,
  options: LogCollectionOptions,
  signal: AbortSignal,
) {
  const { host, port = 0, logger } = options
  const heldPort = await listenUntilFree(server, { host, port, logger }, signal)
  if (heldPort === null) return
  await every(
    REFRESH_MS,
    signal,
    () => register(options, urlOf(options, heldPort), sealedSecret),
    options.logger,
  )
}

/** Asked anew each time: a machine that changes its network has another address. */
function urlOf({ host, publicHost }: LogCollectionOptions, port: number): string {
  const name = publicHost ?? reachableHost(host, networkInterfaces())
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

/** Asked again and again, written when it changes: the row may come after this began, or be made anew. */
async function register({ db, processId }: LogCollectionOptions, url: string, sealedSecret: string) {
  await db
    .update(processes)
    .set({ url, sealedSecret })
    .where(and(eq(processes.id, processId), or(isNull(processes.url), ne(processes.url, url))))
}

/** One after the other until the signal; a failure is logged and the next turn tries again. */
async function every(ms: number, signal: AbortSignal, work: () => Promise<void>, logger: Logger) {
  while (!signal.aborted) {
    await work().catch((error: unknown) => logger.warn({ err: error }, 'log collection: a pass failed'))
    await sleep(ms, undefined, { signal }).catch(() => {})
  }
}
