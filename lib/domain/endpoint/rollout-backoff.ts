import type { Replica } from './rollout-types'

const BASE_MS = 1_000
const CAP_MS = 60_000

/** Exits in a row after which a replica counts as crash-looping: about 15 s of pauses, plus the starts. */
export const MAX_CRASHES = 5

/** A replica that was ready for this long ran well: its next exit begins a new count. */
export const STABLE_MS = 60_000

/** A number in [0, 1) from a text, always the same: jitter without making the planner impure (FNV-1a). */
function fraction(seed: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < seed.length; index++) {
    hash = Math.imul(hash ^ seed.charCodeAt(index), 0x01000193)
  }
  return (hash >>> 0) / 2 ** 32
}

/** Pause before the next start: doubles up to a minute, of which half is jitter, so that replicas spread out. */
export function backoffMs(crashes: number, seed: string): number {
  const full = Math.min(BASE_MS * 2 ** Math.max(0, crashes - 1), CAP_MS)
  return Math.round(full / 2 + (full / 2) * fraction(`${seed}:${crashes}`))
}

/** When an exited replica is started again. A provider's clock that runs ahead must not postpone it. */
export function restartAtMs(replica: Replica, nowMs: number): number {
  const exitedAtMs = replica.exit ? Date.parse(replica.exit.at) : nowMs
  return Math.min(exitedAtMs, nowMs) + backoffMs(replica.crashes, replica.id)
}

/** The count after one more exit. */
export function crashesAfterExit(replica: Replica, exitedAtMs: number): number {
  const { readyAtMs, attemptStartedAtMs } = replica
  const wasReady = readyAtMs !== null && readyAtMs >= attemptStartedAtMs
  return wasReady && exitedAtMs - readyAtMs >= STABLE_MS ? 1 : replica.crashes + 1
}
