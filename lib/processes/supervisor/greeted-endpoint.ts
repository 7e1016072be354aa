import { setTimeout as sleep } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import type { EndpointSummary } from '@/lib/domain/endpoint/view'
import type { Database } from '@/lib/server/db/client'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { listEndpoints } from '@/lib/server/services/endpoints/list-endpoints'
import { supervisorContext } from './first-start'
import { SAMPLE_ENDPOINT } from './sample-endpoint'

const POLL_MS = 250

type Wait = { timeoutMs: number; signal: AbortSignal }

/** The endpoint whose call is printed: the sample while it exists, otherwise any that should be up. */
export async function findGreetedEndpoint(db: Database, team: string): Promise<EndpointSummary | null> {
  const listed = await listEndpoints(supervisorContext(db), { team, sort: 'created', direction: 'asc' })
  if (!listed.ok) return null
  const present = listed.data.items.filter(({ desired }) => desired === 'present')
  return present.find(({ name }) => name === SAMPLE_ENDPOINT) ?? present[0] ?? null
}

/** Waits until it runs; null then, otherwise why it does not (yet). */
export async function waitUntilRunning(db: Database, id: string, wait: Wait): Promise<string | null> {
  const deadline = Date.now() + wait.timeoutMs
  for (;;) {
    const [row] = await db.select().from(endpoints).where(eq(endpoints.id, id))
    if (row?.state === 'running') return null
    if (row?.state === 'failed') return row.errorMessage ?? row.stateMessage
    if (Date.now() > deadline) return `it is still ${row?.state ?? 'missing'}: ${row?.stateMessage ?? ''}`
    await sleep(POLL_MS, undefined, { signal: wait.signal })
  }
}

/** Waits until a gateway has read its routes and tokens after this moment: the printed call must work at once. */
export async function waitForGateway(db: Database, wait: Wait): Promise<void> {
  const asked = await db.execute<{ now: string }>(sql`select clock_timestamp()::text as now`)
  const since = asked.rows[0]?.now
  const deadline = Date.now() + wait.timeoutMs
  while (Date.now() < deadline) {
    const found = await db.execute(
      sql`select 1 from processes where kind = 'gateway' and routes_read_at >= ${since}::timestamptz limit 1`,
    )
    if (found.rows.length > 0) return
    await sleep(POLL_MS, undefined, { signal: wait.signal })
  }
}
