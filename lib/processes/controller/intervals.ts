import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Replica } from '@/lib/domain/endpoint/rollout-types'
import type { ReplicaState } from '@/lib/domain/endpoint/state'
import type { Queryable } from '@/lib/server/db/client'
import { replicaIntervals } from '@/lib/server/db/schema/replica-intervals'

export type OpenInterval = {
  id: number
  replicaId: string
  state: ReplicaState
  startedAtMs: number
  instanceType: string
  priceUsdPerHour: number | null
}
/** What a replica runs on, at today's price. */
export type Pricing = {
  instanceType: string
  priceUsdPerHour: number | null
  /** States in which nothing is charged. */
  freeStates: readonly ReplicaState[]
}
export type NewInterval = Omit<OpenInterval, 'id'>
export type IntervalChanges = { close: { id: number; endedAtMs: number }[]; open: NewInterval[] }

export async function loadOpenIntervals(
  db: Pick<Queryable, 'select'>,
  endpointId: string,
): Promise<OpenInterval[]> {
  const rows = await db
    .select()
    .from(replicaIntervals)
    .where(and(eq(replicaIntervals.endpointId, endpointId), isNull(replicaIntervals.endedAt)))
  return rows.map(row => ({ ...row, startedAtMs: row.startedAt.getTime() }))
}

/** What the open interval of a replica says: its state, until it is confirmed gone. */
function intervalState(replica: Replica): ReplicaState | null {
  if (replica.stoppedAtMs !== null) return null
  return replica.state === 'stopped' ? 'draining' : replica.state
}

/**
 * Which intervals end and which begin, so that each living replica has exactly one open, with its present state
 * and price. While no process runs (it crashed and waits) a priced replica costs nothing.
 */
export function intervalChanges(
  replicas: readonly Replica[],
  open: readonly OpenInterval[],
  pricingOf: (revision: number) => Pricing,
  nowMs: number,
): IntervalChanges {
  const changes: IntervalChanges = { close: [], open: [] }
  const openOf = new Map(open.map(each => [each.replicaId, each]))
  for (const replica of replicas) {
    const state = intervalState(replica)
    const current = openOf.get(replica.id)
    const { instanceType, priceUsdPerHour: price, freeStates } = pricingOf(replica.revision)
    const priceUsdPerHour = state !== null && freeStates.includes(state) && price !== null ? 0 : price
    if (current?.state === state && current.priceUsdPerHour === priceUsdPerHour) continue
    const atMs = Math.max(turnedAtMs(replica, nowMs), current?.startedAtMs ?? replica.createdAtMs)
    if (current) changes.close.push({ id: current.id, endedAtMs: atMs })
    if (state)
      changes.open.push({ replicaId: replica.id, state, startedAtMs: atMs, instanceType, priceUsdPerHour })
  }
  return changes
}

/** A process that ended while nobody looked ended when it did, not when it was noticed. */
function turnedAtMs({ state, exit, stoppedAtMs, attemptStartedAtMs }: Replica, nowMs: number): number {
  const hasEnded = state === 'failed' || stoppedAtMs !== null
  const exitedAtMs = exit ? Date.parse(exit.at) : nowMs
  // The exit of an attempt before says nothing of this one.
  return hasEnded && exitedAtMs >= attemptStartedAtMs ? Math.min(exitedAtMs, nowMs) : nowMs
}

export async function writeIntervals(
  tx: Pick<Queryable, 'insert' | 'update'>,
  endpointId: string,
  { close, open }: IntervalChanges,
): Promise<void> {
  for (const endedAtMs of new Set(close.map(each => each.endedAtMs))) {
    const ids = close.filter(each => each.endedAtMs === endedAtMs).map(each => each.id)
    await tx
      .update(replicaIntervals)
      .set({ endedAt: new Date(endedAtMs) })
      .where(inArray(replicaIntervals.id, ids))
  }
  if (open.length === 0) return
  await tx.insert(replicaIntervals).values(
    open.map(({ startedAtMs, ...interval }) => ({
      ...interval,
      endpointId,
      startedAt: new Date(startedAtMs),
    })),
  )
}
