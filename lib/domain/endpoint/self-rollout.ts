import type { Drift } from './drift'
import { driftHappenings, driftMessage } from './drift-text'
import type { Happening, Replica } from './rollout-types'
import type {
  EndpointSighting,
  ReplicaSighting,
  SelfRolledFacts,
  SelfRolledPlan,
  SelfRolledStatus,
} from './self-rollout-types'
import { driftAfter, isCurrent, isRestoring, isSettled, settlementAfter } from './settled'
import { IN_FLIGHT_STATES } from './state'

/**
 * One pass over an endpoint that its provider rolls out: what was reported becomes rows and a state, and it is said
 * whether the provider has something to do. Pure; the same facts give the same plan.
 */
export function planSelfRolled(facts: SelfRolledFacts): SelfRolledPlan {
  if (facts.isReadOnly) return planWatched(facts)
  const { sighting, desired } = facts
  const drift = driftAfter(facts)
  const isScaledDown = desired === 'scaledToZero' && (sighting === null || isResting(sighting))
  const marks = { drift, settled: settlementAfter(facts), isRestoring: isRestoring(facts), isScaledDown }
  // Gone at one look: not believed before the next.
  if (sighting === null && drift?.isConfirmed === false)
    return { ...marks, ...unchanged(facts), needsApply: false, isInFlight: true }
  const { replicas, happenings } = observeReplicas(facts)
  const status = statusOf(facts, drift)
  const isUnsure = drift?.isConfirmed === false
  const isBusy = IN_FLIGHT_STATES.includes(status.state)
  return {
    ...marks,
    replicas,
    happenings: [...happenings, ...endpointHappenings(facts, status), ...driftHappenings(facts, drift)],
    status,
    needsApply: needsApply(facts),
    isInFlight: desired === 'absent' || needsApply(facts) || isBusy || isUnsure,
  }
}

/** What is reported is written down; nothing is wanted of the provider. */
function planWatched(facts: SelfRolledFacts): SelfRolledPlan {
  const { sighting, servingRevision, revision, desired, upstreamUrl } = facts
  const state = sighting?.state ?? (desired === 'absent' ? facts.state : 'failed')
  const status: SelfRolledStatus = {
    state,
    message: sighting?.message ?? 'The account has nothing of it any more. Release it.',
    errorMessage: sighting?.errorMessage ?? null,
    readyReplicas: sighting?.readyReplicas ?? 0,
    targetReplicas: sighting?.targetReplicas ?? 0,
    servingRevision: state === 'running' ? revision : servingRevision,
    upstreamUrl: sighting?.address ?? upstreamUrl,
    privateService: sighting?.privateService ?? null,
  }
  const { replicas, happenings } = observeReplicas(facts)
  return {
    replicas,
    happenings: [...happenings, ...endpointHappenings(facts, status)],
    status,
    needsApply: false,
    isRestoring: false,
    isScaledDown: false,
    settled: null,
    drift: null,
    isInFlight: desired === 'absent' || IN_FLIGHT_STATES.includes(state),
  }
}

const unchanged = (facts: SelfRolledFacts) => ({
  replicas: [...facts.replicas],
  happenings: [],
  status: {
    state: facts.state,
    message: facts.message,
    errorMessage: null,
    readyReplicas: facts.replicas.filter(({ state }) => state === 'running').length,
    targetReplicas: facts.replicas.length,
    servingRevision: facts.servingRevision,
    upstreamUrl: facts.upstreamUrl,
    privateService: facts.privateService,
  },
})

const isResting = ({ state }: EndpointSighting) => state === 'scaledToZero' || state === 'paused'

function needsApply(facts: SelfRolledFacts): boolean {
  const { desired, sighting, revision } = facts
  if (isSettled(facts)) return false
  if (isRestoring(facts)) return true
  switch (desired) {
    case 'present':
      return (
        sighting === null ||
        sighting.revision !== revision ||
        sighting.state === 'paused' ||
        sighting.isIncomplete === true
      )
    case 'paused':
      return sighting !== null && (sighting.state !== 'paused' || sighting.isIncomplete === true)
    case 'scaledToZero':
      return sighting !== null && !isResting(sighting)
    case 'absent':
      return false
  }
}

function observeReplicas({ sighting, replicas: rows, revision, nowMs }: SelfRolledFacts) {
  const happenings: Happening[] = []
  const seen = new Map((sighting?.replicas ?? []).map(each => [each.id, each]))
  const known = new Set(rows.map(row => row.id))
  const kept = rows.map(row => {
    const now = seen.get(row.id)
    if (!now) {
      const replica: Replica = { ...row, state: 'stopped', message: 'Stopped.', stoppedAtMs: nowMs }
      happenings.push({ kind: 'stopped', replica })
      return replica
    }
    const isReady = now.state === 'running' && row.state !== 'running'
    const { state, message } = now
    const replica: Replica = { ...row, state, message, readyAtMs: isReady ? nowMs : row.readyAtMs }
    if (state !== row.state) {
      const tookMs = Math.max(0, nowMs - row.createdAtMs)
      happenings.push({ kind: 'phase', replica, from: row.state, tookMs })
    }
    return replica
  })
  const fresh = [...seen.values()]
    .filter(({ id }) => !known.has(id))
    .map(each => newReplica(each, sighting?.revision ?? revision, nowMs))
  for (const replica of fresh) happenings.push({ kind: 'created', replica })
  return { replicas: [...kept, ...fresh], happenings }
}

const newReplica = (
  { id, name, state, message }: ReplicaSighting,
  revision: number,
  nowMs: number,
): Replica => ({
  id,
  name,
  revision,
  state,
  message,
  address: null,
  attempt: 0,
  crashes: 0,
  createdAtMs: nowMs,
  attemptStartedAtMs: nowMs,
  progressedAtMs: nowMs,
  readyAtMs: state === 'running' ? nowMs : null,
  drainingAtMs: null,
  stoppedAtMs: null,
  exit: null,
})

function statusOf(facts: SelfRolledFacts, drift: Drift | null): SelfRolledStatus {
  const { desired, sighting, revision, servingRevision } = facts
  const isThere = isCurrent(facts)
  const counts = {
    readyReplicas: sighting?.readyReplicas ?? 0,
    targetReplicas: sighting?.targetReplicas ?? 0,
    servingRevision: isThere && sighting?.state === 'running' ? revision : servingRevision,
    upstreamUrl: sighting?.address ?? facts.upstreamUrl,
    privateService: sighting?.privateService ?? facts.privateService,
    errorMessage: isThere ? (sighting?.errorMessage ?? null) : null,
  }
  if (desired === 'absent') {
    const message = sighting ? 'Deleting: the provider is removing it.' : 'Deleting: removing what is left.'
    return { ...counts, state: sighting ? facts.state : 'paused', message, errorMessage: null }
  }
  if (drift?.isConfirmed && drift.state !== null)
    return { ...counts, state: sighting?.state ?? 'failed', message: driftMessage(drift.state) }
  if (sighting === null) {
    return desired === 'present'
      ? { ...counts, state: 'pending', message: 'Being created at the provider.' }
      : { ...counts, state: desired, message: 'Nothing of it runs.' }
  }
  const { state, message } = sighting
  if (desired === 'paused') return { ...counts, state, message: state === 'paused' ? 'Paused.' : message }
  if (desired === 'present' && !isThere && !isSettled(facts)) {
    const waiting = `Revision ${revision} is on its way to the provider.`
    return { ...counts, state: servingRevision === null ? 'pending' : 'updating', message: waiting }
  }
  if (desired === 'present' && state === 'paused' && !isSettled(facts))
    return { ...counts, state: 'pending', message: 'Being resumed at the provider.' }
  return { ...counts, state, message }
}

function endpointHappenings(before: SelfRolledFacts, after: SelfRolledStatus): Happening[] {
  const { revision, servingRevision: from, state, sighting } = before
  const happenings: Happening[] = []
  if (from !== null && after.servingRevision === revision && from !== revision)
    happenings.push({ kind: 'rolloutFinished', revision, from })
  if (sighting?.revision === revision && after.state === 'updateFailed' && state !== 'updateFailed')
    happenings.push({ kind: 'rolloutFailed', revision, keeps: from })
  if (after.state !== state)
    happenings.push({ kind: 'stateChanged', from: state, to: after.state, message: after.message })
  return happenings
}
