import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { startLogCollection } from '@/lib/processes/controller/logs/start-log-collection'
import { openDatabase } from '@/lib/server/db/client'
import { processes } from '@/lib/server/db/schema/processes'
import type { Provider } from '@/lib/server/providers/port'
import { fileOutputProvider } from './file-output'

/** The part of a controller that tests kill: the collector alone, over files. Arguments: database, data, output. */
const [, , databaseUrl = '', dataDir = '', outputDir = ''] = process.argv
const db = openDatabase(databaseUrl, { max: 4 })
const id = `collector-${process.pid}-${Date.now()}`
const alive = async () => {
  await db
    .insert(processes)
    .values({ id, kind: 'controller', host: 'test', startedAt: sql`now()`, seenAt: sql`now()` })
    .onConflictDoUpdate({ target: processes.id, set: { seenAt: sql`now()` } })
}
await alive()
setInterval(() => void alive(), 2_000)
startLogCollection({
  db,
  dataDir,
  logger: pino({ level: 'warn' }),
  processId: id,
  host: '127.0.0.1',
  linesPerSecond: 1_000_000,
  retention: { days: 30, bytes: 2 * 1024 ** 3 },
  // The collector asks of a provider only what this one has.
  providerOf: () => fileOutputProvider(outputDir) as Provider,
})
