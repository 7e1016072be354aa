import { and, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { EventKind } from '@/lib/domain/endpoint/event'
import { endpointSpec } from '@/lib/domain/endpoint/spec'
import type { Reach } from '@/lib/domain/network/reach'
import { reachMessage } from '@/lib/domain/network/reach-message'
import { privateAddressOf, type Unreached } from '@/lib/domain/network/unreached'
import type { Database } from '@/lib/server/db/client'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { revisions } from '@/lib/server/db/schema/revisions'
import { unreachedOfRow } from '../endpoints/drift-row'
import { recordEvent } from '../endpoints/record-event'
import { askGateways } from './ask-gateways'

type Watched = { id: string; address: string | null; before: Unreached | null }

/**
 * Asks the gateways again whether they reach the private addresses they call: a link can be removed, a firewall
 * closed. What is found stands on the endpoint's row and timeline. Several controllers may do it side by side.
 */
export async function watchAddresses(db: Database): Promise<void> {
  const watched = await readWatched(db)
  const asked = new Map<string, Promise<Reach>>()
  for (const { address } of watched)
    if (address !== null && !asked.has(address)) asked.set(address, askTwice(db, address))
  for (const each of watched) {
    const reach = each.address === null ? null : await asked.get(each.address)
    // Nobody to ask: what was known stays, and grows old.
    if (reach !== 'no_gateway') await write(db, each, foundOf(each, reach ?? 'reachable'))
  }
}

async function readWatched(db: Pick<Database, 'select'>): Promise<Watched[]> {
  const rows = await db
    .select({
      id: endpoints.id,
      desired: endpoints.desired,
      unreached: endpoints.unreached,
      spec: revisions.spec,
    })
    .from(endpoints)
    .innerJoin(
      revisions,
      and(eq(revisions.endpointId, endpoints.id), eq(revisions.number, endpoints.revision)),
    )
    .where(
      and(
        isNull(endpoints.removedAt),
        or(
          isNotNull(endpoints.unreached),
          sql`${revisions.spec} #>> '{network,private,calls,by}' = 'gateway'`,
        ),
      ),
    )
  return rows.map(row => ({
    id: row.id,
    address: row.desired === 'present' ? privateAddressOf(endpointSpec.parse(row.spec)) : null,
    before: unreachedOfRow(row),
  }))
}

/** One connection that fails can be an accident. */
async function askTwice(db: Database, address: string): Promise<Reach> {
  const first = await askGateways(db, address)
  return first === 'reachable' ? first : await askGateways(db, address)
}

function foundOf({ address, before }: Watched, reach: Reach): Unreached | null {
  if (reach === 'reachable' || address === null) return null
  const askedAt = new Date().toISOString()
  const since = before?.address === address ? before.since : askedAt
  return { address, reach, since, askedAt }
}

/** Nothing where somebody else has written in between. */
async function write(db: Database, { id, address, before }: Watched, found: Unreached | null): Promise<void> {
  if (before === null && found === null) return
  await db.transaction(async tx => {
    const isAsBefore = before
      ? sql`${endpoints.unreached} = ${JSON.stringify(before)}::jsonb`
      : isNull(endpoints.unreached)
    const written = await tx
      .update(endpoints)
      .set({ unreached: found })
      .where(and(eq(endpoints.id, id), isAsBefore))
      .returning({ id: endpoints.id })
    if (written.length === 0 || before?.address === found?.address || address === null) return
    const kind: EventKind = found ? 'addressLost' : 'addressFound'
    const message = reachMessage(found?.reach ?? 'reachable', address)
    await recordEvent(tx, { endpointId: id, kind, message, actor: { kind: 'system', name: 'Slipway' } })
  })
}
