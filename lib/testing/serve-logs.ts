import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { createLogServer } from '@/lib/processes/controller/logs/log-server'
import type { Database } from '@/lib/server/db/client'
import { processes } from '@/lib/server/db/schema/processes'
import type { EndpointLog } from '@/lib/server/log-store/endpoint-log'
import { LogStore, logLimits } from '@/lib/server/log-store/log-store'
import { seal } from '@/lib/server/secrets/seal'
import { newLine, REPLICA_A } from './log-lines'

/** A store and its door, known to routes as a live controller's, and no collector: the test writes the lines. */
export async function serveLogs(db: Database, dataDir: string, endpointId: string) {
  const store = await LogStore.open(`${dataDir}/logs`, logLimits({ days: 30, bytes: 1024 ** 3 }))
  if (!store) throw new Error('The folder is new.')
  const secret = randomUUID()
  const server = createLogServer({ store, secret, logger: pino({ level: 'silent' }) })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const id = `controller-${randomUUID()}`
  await db.insert(processes).values({
    id,
    kind: 'controller',
    host: 'test',
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sealedSecret: seal(secret, `process:${id}`),
    startedAt: sql`now()`,
    seenAt: sql`now() + interval '1 hour'`,
  })
  const log = await store.log(endpointId)
  return {
    log,
    write: (texts: readonly string[]) => write(log, texts),
    stop: async () => {
      server.close()
      server.closeAllConnections()
      await store.close()
    },
  }
}

async function write(log: EndpointLog, texts: readonly string[]): Promise<void> {
  const since = log.states[REPLICA_A]?.position ?? null
  const position = String(Number(since ?? 0) + texts.length)
  const lines = texts.map(text => newLine(text))
  await log.append({ replicaId: REPLICA_A, revision: 1, lines }, { position, carry: null }, since)
}
