import { randomBytes, randomUUID } from 'node:crypto'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { pino } from 'pino'
import {
  type LogCollectionOptions,
  startLogCollection,
} from '@/lib/processes/controller/logs/start-log-collection'
import type { Database } from '@/lib/server/db/client'
import { processes } from '@/lib/server/db/schema/processes'
import { replicas } from '@/lib/server/db/schema/replicas'
import { teams } from '@/lib/server/db/schema/teams'
import type { Provider } from '@/lib/server/providers/port'
import { makePerson, makeToken } from './access'
import { fakeSpec } from './controller'
import { insertEndpoint, readEndpoint } from './endpoint'
import { fileOutputProvider } from './file-output'

/** Folders for a collector and for what its replicas write; the environment routes read is set to match. */
export function makeLogFolders(databaseUrl: string) {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-logs-'))
  const place = { databaseUrl, dataDir: join(folder, 'data'), outputDir: join(folder, 'out') }
  mkdirSync(place.dataDir)
  mkdirSync(place.outputDir)
  // Routes read these on their first call, like the portal's.
  process.env.DATABASE_URL = databaseUrl
  process.env.SLIPWAY_SECRET_KEY ??= randomBytes(32).toString('base64')
  return { ...place, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** An endpoint with replicas that are files, its team, and somebody with a token who may read it. */
export async function makeLoggedEndpoint(db: Database, replicaCount = 2) {
  const endpointId = await insertEndpoint(db, fakeSpec())
  const { teamId, name } = await readEndpoint(db, endpointId)
  const [row] = await db.select().from(teams).where(eq(teams.id, teamId))
  const team = { id: teamId, slug: row?.slug ?? '' }
  const person = await makePerson(db, team)
  const token = await makeToken(db, team, person, 'read')
  const ids = Array.from({ length: replicaCount }, () => randomUUID())
  for (const [index, id] of ids.entries())
    await db
      .insert(replicas)
      .values({ id, endpointId, revision: 1, name: `r1-${index + 1}`, state: 'running' })
  return { endpointId, ids, team, person, address: { team: team.slug, endpoint: name, token: token.text } }
}

export const writeOutput = (outputDir: string, replicaId: string, lines: readonly string[]): void =>
  appendFileSync(join(outputDir, `${replicaId}.out`), lines.map(line => `${line}\n`).join(''))

export const endOutput = (outputDir: string, replicaId: string): void =>
  writeFileSync(join(outputDir, `${replicaId}.ended`), '')

/** The collector in this process, over files, known to routes as a live controller. */
export async function startTestCollection(
  db: Database,
  place: { dataDir: string; outputDir: string },
  more: Partial<LogCollectionOptions> = {},
) {
  const processId = `controller-${randomUUID()}`
  await db.insert(processes).values({
    id: processId,
    kind: 'controller',
    host: 'test',
    startedAt: sql`now()`,
    seenAt: sql`now() + interval '1 hour'`,
  })
  return startLogCollection({
    db,
    dataDir: place.dataDir,
    logger: pino({ level: 'silent' }),
    processId,
    host: '127.0.0.1',
    linesPerSecond: 1_000_000,
    retention: { days: 30, bytes: 1024 ** 3 },
    providerOf: () => fileOutputProvider(place.outputDir) as Provider,
    ...more,
  })
}
