import type { Replica } from '@/lib/domain/endpoint/rollout-types'
import type { replicas } from '@/lib/server/db/schema/replicas'

type Row = typeof replicas.$inferSelect

const toMs = (date: Date | null) => date?.getTime() ?? null
const toDate = (ms: number | null) => (ms === null ? null : new Date(ms))

export const fromRow = (row: Row): Replica => ({
  id: row.id,
  name: row.name,
  revision: row.revision,
  state: row.state,
  message: row.message,
  address: row.address,
  attempt: row.restarts,
  crashes: row.crashes,
  createdAtMs: row.createdAt.getTime(),
  attemptStartedAtMs: row.attemptStartedAt.getTime(),
  progressedAtMs: row.progressedAt.getTime(),
  readyAtMs: toMs(row.readyAt),
  drainingAtMs: toMs(row.drainingAt),
  stoppedAtMs: toMs(row.stoppedAt),
  exit: row.exit,
})

export const toRow = (replica: Replica) => ({
  state: replica.state,
  message: replica.message,
  address: replica.address,
  restarts: replica.attempt,
  crashes: replica.crashes,
  attemptStartedAt: new Date(replica.attemptStartedAtMs),
  progressedAt: new Date(replica.progressedAtMs),
  readyAt: toDate(replica.readyAtMs),
  drainingAt: toDate(replica.drainingAtMs),
  stoppedAt: toDate(replica.stoppedAtMs),
  exit: replica.exit,
})

/** What a new row has beyond `toRow`, and never changes. */
export const identityOf = (replica: Replica) => ({
  id: replica.id,
  name: replica.name,
  revision: replica.revision,
  createdAt: new Date(replica.createdAtMs),
})

/** Whether a gateway would route differently. */
export function isRoutedAlike(a: Replica | undefined, b: Replica): boolean {
  return a?.state === b.state && a.address === b.address && a.drainingAtMs === b.drainingAtMs
}
