import type { Happening, Replica } from './rollout-types'
import type {
  EndpointSighting,
  ReplicaSighting,
  SelfRolledFacts,
  SelfRolledPlan,
  SelfRolledStatus,
} from './self-rollout-types'
import { IN_FLIGHT_STATES } from './state'

/**
 * One pass over an endpoint that its provider rolls out: what was reported becomes rows and a state, and it is said
 * whether the provider has something to do. Pure; the same facts give the same plan.
 */
export function planSelfRolled(facts: SelfRolledFacts): SelfRolledPlan {
  const { sighting, desired } = facts
  const { replicas, happenings } = observeReplicas(facts)
  const status = statusOf(facts)
  return {
    replicas,
    happenings: [...happenings, ...endpointHappenings(facts, status)],
    status,
    needsApply: needsApply(facts),
    isScaledDown: desired === 'scaledToZero' && (sighting === null || isResting(sighting)),
    isInFlight: desired === 'absent' || needsApply(facts) || IN_FLIGHT_STATES.includes(status.state),
  }
}

const isResting = ({ state }: EndpointSighting) => state === 'scaledToZero' || state === 'paused'

function needsApply({ desired, sighting, revision }: SelfRolledFacts): boolean {
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

function statusOf(facts: SelfRolledFacts): SelfRolledStatus {
  const { desired, sighting, revision, servingRevision } = facts
  const isCurrent = sighting?.revision === revision
  const counts = {
    readyReplicas: sighting?.readyReplicas ?? 0,
    targetReplicas: sighting?.targetReplicas ?? 0,
    servingRevision: isCurrent && sighting.state === 'running' ? revision : servingRevision,
    upstreamUrl: sighting?.address ?? facts.upstreamUrl,
    errorMessage: isCurrent ? sighting.errorMessage : null,
  }
  if (desired === 'absent') {
    const message = sighting ? 'Deleting: the provider is removing it.' : 'Deleting: removing what is left.'
    return { ...counts, state: sighting ? facts.state : 'paused', message, errorMessage: null }
  }
  if (sighting === null) {
    return desired === 'present'
      ? { ...counts, state: 'pending', message: 'Being created at the provider.' }
      : { ...counts, state: desired, message: 'Nothing of it runs.' }
  }
  const { state, message } = sighting
  if (desired === 'paused') return { ...counts, state, message: state === 'paused' ? 'Paused.' : message }
  if (desired === 'present' && !isCurrent) {
    const waiting = `Revision ${revision} is on its way to the provider.`
    return { ...counts, state: servingRevision === null ? 'pending' : 'updating', message: waiting }
  }
  if (desired === 'present' && state === 'paused')
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
