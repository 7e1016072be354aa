import { crashesAfterExit } from './rollout-backoff'
import { describeExit } from './rollout-exit'
import type { Happening, Replica, ReplicaExit, Sighting } from './rollout-types'

export type Observed = { replica: Replica; happenings: Happening[] }

const isExit = (sighting: Sighting) => sighting.state === 'failed' || sighting.state === 'stopped'

const unknownExit = (nowMs: number): ReplicaExit => ({
  code: null,
  signal: null,
  outOfMemory: false,
  at: new Date(nowMs).toISOString(),
})

/** Takes what the provider reports into a replica's row. */
export function observeReplica(before: Replica, sighting: Sighting | undefined, nowMs: number): Observed {
  if (before.state === 'stopped') return observeLetGo(before, sighting, nowMs)
  if (!sighting || sighting.attempt < before.attempt) return observeMissing(before, nowMs)
  // A higher attempt than ours exists where the database is older than the provider (a restored backup).
  const replica = { ...before, attempt: sighting.attempt }
  if (isExit(sighting)) {
    const exit = sighting.exit ?? unknownExit(nowMs)
    return observeExit(replica, exit, nowMs, sighting.message)
  }
  return observeLiving(replica, { ...sighting, state: livingState(sighting) }, nowMs)
}

type LivingState = 'pending' | 'downloading' | 'initializing' | 'running'

const livingState = ({ state }: Sighting): LivingState =>
  state === 'failed' || state === 'stopped' ? 'pending' : state

/** Let go: it is gone once the provider says so, or knows nothing of it any more. */
function observeLetGo(replica: Replica, sighting: Sighting | undefined, nowMs: number): Observed {
  if (sighting && !isExit(sighting)) return { replica, happenings: [] }
  return goneOf(replica, sighting?.exit ?? replica.exit, nowMs)
}

function goneOf(replica: Replica, exit: ReplicaExit | null, nowMs: number): Observed {
  const gone: Replica = {
    ...replica,
    state: 'stopped',
    address: null,
    stoppedAtMs: nowMs,
    exit,
    message: 'Stopped.',
  }
  return { replica: gone, happenings: [{ kind: 'stopped', replica: gone }] }
}

/** A replica the provider was not asked for yet is not missing; any other has disappeared. */
function observeMissing(replica: Replica, nowMs: number): Observed {
  if (replica.state === 'pending' || replica.state === 'failed') return { replica, happenings: [] }
  return observeExit(replica, unknownExit(nowMs), nowMs)
}

/** `said`: the provider's own sentence, which may know more than the exit does. */
function observeExit(replica: Replica, exit: ReplicaExit, nowMs: number, said = ''): Observed {
  // Told already, and waiting for its restart.
  if (replica.state === 'failed') return { replica, happenings: [] }
  if (replica.state === 'draining') return goneOf(replica, exit, nowMs)
  const exited: Replica = {
    ...replica,
    state: 'failed',
    address: null,
    exit,
    crashes: crashesAfterExit(replica, Date.parse(exit.at)),
    message: said || `It ${describeExit(exit)}.`,
  }
  return { replica: exited, happenings: [{ kind: 'exited', replica: exited, exit }] }
}

function observeLiving(
  before: Replica,
  sighting: Sighting & { state: LivingState },
  nowMs: number,
): Observed {
  const { message, address } = sighting
  if (before.state === 'draining') return { replica: { ...before, address }, happenings: [] }
  const hasProgressed = sighting.state !== before.state || message !== before.message
  const isNewlyReady = sighting.state === 'running' && before.state !== 'running'
  const replica: Replica = {
    ...before,
    state: sighting.state,
    message,
    address,
    readyAtMs: isNewlyReady ? nowMs : before.readyAtMs,
    progressedAtMs: hasProgressed ? nowMs : before.progressedAtMs,
  }
  if (replica.state === before.state) return { replica, happenings: [] }
  const tookMs = Math.max(0, nowMs - before.attemptStartedAtMs)
  return { replica, happenings: [{ kind: 'phase', replica, from: before.state, tookMs }] }
}
