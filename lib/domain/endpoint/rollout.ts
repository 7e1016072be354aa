import { takeSteps } from './rollout-advance'
import { activeRevisionOf, fallbackOf, groupReplicas, isFailed, isReady } from './rollout-groups'
import { observeReplica } from './rollout-observe'
import { planRollout } from './rollout-plan'
import { statusOf } from './rollout-status'
import type { EndpointFacts, EndpointStatus, Happening, Replica, Sighting } from './rollout-types'

export type Reconciliation = {
  /** All rows of the facts and the new ones, as they are to be written. */
  replicas: Replica[]
  happenings: Happening[]
  status: EndpointStatus
}

/** One pass: what was reported, the next steps, and what the endpoint is after them. Pure. */
export function reconcile(facts: EndpointFacts, mintId: () => string): Reconciliation {
  const sightings = new Map(facts.sightings.map(sighting => [sighting.id, sighting]))
  const seen = facts.replicas.map(replica => observeReplica(replica, sightings.get(replica.id), facts.nowMs))
  const observed: EndpointFacts = { ...facts, replicas: seen.map(({ replica }) => replica) }

  const plan = planRollout(observed)
  const advanced = takeSteps(observed, plan.steps, mintId)
  const { activeRevision, servingRevision, failedRevision } = plan
  const moved: EndpointFacts = { ...observed, replicas: advanced.replicas, servingRevision, failedRevision }
  const after: EndpointFacts = { ...moved, servingRevision: servingAfter(moved, activeRevision) }
  const status = statusOf(after, activeRevision)
  const happenings = [
    ...seen.flatMap(each => each.happenings),
    ...advanced.happenings,
    ...rolloutHappenings(facts, status, createdIn(advanced.happenings)),
  ]
  return { replicas: advanced.replicas, happenings, status }
}

const createdIn = (happenings: readonly Happening[]): Replica[] =>
  happenings.flatMap(happening => (happening.kind === 'created' ? happening.replica : []))

function rolloutHappenings(
  before: EndpointFacts,
  status: EndpointStatus,
  created: readonly Replica[],
): Happening[] {
  const { revision, desired, servingRevision: from } = before
  const happenings: Happening[] = []
  if (desired === 'present' && !before.isHalting) {
    const isFirst =
      created.some(replica => replica.revision === revision) && !before.highestNumbers.has(revision)
    if (isFirst && from !== null) happenings.push({ kind: 'rolloutStarted', revision, from })
    if (status.servingRevision === revision && from !== null && from !== revision) {
      happenings.push({ kind: 'rolloutFinished', revision, from })
    }
    if (status.failedRevision !== null && (!isFailed(before) || losesFallback(before, status))) {
      happenings.push({ kind: 'rolloutFailed', revision, keeps: status.servingRevision })
    }
  }
  if (status.state !== before.state) {
    happenings.push({ kind: 'stateChanged', from: before.state, to: status.state, message: status.message })
  }
  return happenings
}

/** The revision that was gone back to has failed as well. */
const losesFallback = (before: EndpointFacts, status: EndpointStatus): boolean =>
  fallbackOf(before) !== null &&
  activeRevisionOf(before) !== before.revision &&
  status.servingRevision === null

/** The first revision serves from its first ready replica on; a later one when it has replaced the one before. */
function servingAfter(facts: EndpointFacts, activeRevision: number): number | null {
  if (facts.desired !== 'present' || facts.isHalting) return facts.servingRevision
  const { current, old, wanted } = groupReplicas(facts, activeRevision)
  const ready = current.filter(isReady).length
  if (ready >= wanted && old.length === 0) return activeRevision
  return facts.servingRevision ?? (ready > 0 ? activeRevision : null)
}

/**
 * Exactly what the provider is to have: everything that was not let go and is not gone. A crashed replica stays as
 * long as the provider has it; one that disappeared would be started by naming it, before its pause is over.
 */
export function targetReplicas(replicas: readonly Replica[], sightings: readonly Sighting[]): Replica[] {
  const known = new Set(sightings.map(sighting => sighting.id))
  return replicas.filter(replica => {
    if (replica.stoppedAtMs !== null || replica.state === 'stopped') return false
    return replica.state !== 'failed' || known.has(replica.id)
  })
}
