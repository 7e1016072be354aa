import { randomUUID } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import type { DesiredState } from '@/lib/domain/endpoint/state'
import type { Database } from '@/lib/server/db/client'
import { notify } from '@/lib/server/db/notify'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { events } from '@/lib/server/db/schema/events'
import { replicas } from '@/lib/server/db/schema/replicas'
import { revisions } from '@/lib/server/db/schema/revisions'
import { teams } from '@/lib/server/db/schema/teams'
import { seal } from '@/lib/server/secrets/seal'
import type { TestTeam } from './access'

/** Intent as the portal writes it, without the portal's checks: for what happens after it. */
export async function insertEndpoint(
  db: Database,
  spec: EndpointSpec,
  secrets: Record<string, string> = {},
): Promise<string> {
  const slug = `team-${randomUUID().slice(0, 8)}`
  const [team] = await db.insert(teams).values({ slug, name: slug }).returning({ id: teams.id })
  if (!team) throw new Error('no team')
  const id = randomUUID()
  await db.transaction(async tx => {
    await tx
      .insert(endpoints)
      .values({ id, teamId: team.id, name: 'tested', provider: spec.hardware.provider })
    const sealedSecrets = sealAll(id, secrets)
    await tx.insert(revisions).values({ endpointId: id, number: 1, spec, sealedSecrets, summary: 'Created' })
    await notify(tx, 'endpoints')
  })
  return id
}

const sealAll = (endpointId: string, secrets: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(secrets).map(([name, value]) => [name, seal(value, `endpoint:${endpointId}`)]),
  )

export async function insertRevision(db: Database, endpointId: string, spec: EndpointSpec): Promise<number> {
  return await db.transaction(async tx => {
    const [row] = await tx
      .update(endpoints)
      .set({ revision: sql`${endpoints.revision} + 1`, updatedAt: sql`now()` })
      .where(eq(endpoints.id, endpointId))
      .returning({ number: endpoints.revision })
    if (!row) throw new Error('no endpoint')
    await tx.insert(revisions).values({ endpointId, number: row.number, spec, summary: 'Changed' })
    await notify(tx, 'endpoints')
    return row.number
  })
}

export async function setDesired(db: Database, endpointId: string, desired: DesiredState): Promise<void> {
  await db.transaction(async tx => {
    await tx.update(endpoints).set({ desired }).where(eq(endpoints.id, endpointId))
    await notify(tx, 'endpoints')
  })
}

export async function readEndpoint(db: Database, endpointId: string) {
  const [row] = await db.select().from(endpoints).where(eq(endpoints.id, endpointId))
  if (!row) throw new Error('no endpoint')
  return row
}

/** Whose it is. */
export async function teamOf(db: Database, endpointId: string): Promise<TestTeam> {
  const { teamId } = await readEndpoint(db, endpointId)
  const [team] = await db.select().from(teams).where(eq(teams.id, teamId))
  if (!team) throw new Error('no team')
  return team
}

export const readReplicas = (db: Database, endpointId: string) =>
  db
    .select()
    .from(replicas)
    .where(eq(replicas.endpointId, endpointId))
    .orderBy(replicas.createdAt, replicas.name)

export async function readEvents(db: Database, endpointId: string, kind?: typeof events.$inferSelect.kind) {
  const ofEndpoint = eq(events.endpointId, endpointId)
  const where = kind ? and(ofEndpoint, eq(events.kind, kind)) : ofEndpoint
  return await db.select().from(events).where(where).orderBy(events.id)
}
