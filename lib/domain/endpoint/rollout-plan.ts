import { MAX_CRASHES, restartAtMs } from './rollout-backoff'
import { describeStuck, isStuck } from './rollout-deadline'
import { isDrained } from './rollout-drain'
import {
  activeRevisionOf,
  fallbackOf,
  type Groups,
  groupReplicas,
  hasExited,
  isFailed,
  isKept,
  isReady,
} from './rollout-groups'
import { planReplacement } from './rollout-replace'
import type { EndpointFacts, Plan, Replica, Step } from './rollout-types'

/**
 * The next steps towards what is wanted, from facts alone: the same facts give the same steps, so a controller may
 * die at any point and another goes on.
 */
export function planRollout(facts: EndpointFacts): Plan {
  const leaving = planLeaving(facts)
  if (facts.desired !== 'present' || facts.isHalting) return planNone(facts, leaving)
  const activeRevision = activeRevisionOf(facts)
  const groups = groupReplicas(facts, activeRevision)
  const kept: Plan = {
    steps: leaving,
    activeRevision,
    servingRevision: facts.servingRevision,
    failedRevision: isFailed(facts) ? facts.failedRevision : null,
  }
  if (isFailed(facts) && activeRevision === facts.revision) {
    const rest = [...groups.current, ...groups.old].map(replica => leave(replica, 'the endpoint has failed'))
    return { ...kept, steps: [...leaving, ...rest] }
  }
  const stuck = groups.current.filter(replica => isStuck(replica, facts))
  const hopeless = [...groups.current.filter(isLooping), ...stuck]
  const fallback = activeRevision === facts.revision ? fallbackOf(facts) : null
  if (isBeyondHope(groups, hopeless, fallback)) {
    return {
      steps: [...leaving, ...hopeless.map(replica => giveUp(replica, facts))],
      activeRevision: fallback ?? activeRevision,
      servingRevision: fallback,
      failedRevision: facts.revision,
    }
  }
  const replacing = planReplacement(groups, activeRevision)
  const restarts = [...planRestarts(facts, groups, replacing), ...planFreshTries(facts, groups, stuck)]
  return { ...kept, steps: [...leaving, ...replacing, ...restarts] }
}

const isLooping = (replica: Replica) => hasExited(replica) && replica.crashes >= MAX_CRASHES

const giveUp = (replica: Replica, { startDeadlineMs }: EndpointFacts): Step => ({
  kind: 'giveUp',
  replicaId: replica.id,
  ...(hasExited(replica) ? {} : { why: describeStuck(replica, startDeadlineMs) }),
})

/** With a good revision to go back to one such replica is enough; without, we try while any other may serve. */
function isBeyondHope(groups: Groups, hopeless: Replica[], fallback: number | null): boolean {
  if (hopeless.length === 0) return false
  return fallback !== null || (hopeless.length === groups.current.length && groups.ready === 0)
}

/** Draining replicas that are done. */
function planLeaving({ replicas, gateways, isHalting, nowMs }: EndpointFacts): Step[] {
  return replicas
    .filter(replica => replica.state === 'draining' && (isHalting || isDrained(replica, gateways, nowMs)))
    .map(replica => ({ kind: 'letGo', replicaId: replica.id, reason: 'its requests are done' }))
}

const WHY_NONE = {
  present: 'Slipway stops',
  paused: 'the endpoint is paused',
  scaledToZero: 'the endpoint is scaled to zero',
  absent: 'the endpoint is deleted',
} as const

function planNone(facts: EndpointFacts, leaving: Step[]): Plan {
  const { desired, isHalting, replicas, revision, servingRevision, failedRevision } = facts
  const staying = replicas.filter(isKept)
  return {
    steps: [
      ...leaving,
      ...staying.map((replica): Step => {
        const step = leave(replica, WHY_NONE[desired])
        return isHalting ? { ...step, kind: 'letGo' } : step
      }),
    ],
    activeRevision: revision,
    servingRevision,
    // Whoever resumes wants another try.
    failedRevision: isHalting ? failedRevision : null,
  }
}

const leave = (replica: Replica, reason: string) => ({
  kind: isReady(replica) ? ('drain' as const) : ('letGo' as const),
  replicaId: replica.id,
  reason,
})

/** Exited replicas, current and old alike, whose pause is over. */
function planRestarts(
  { nowMs }: EndpointFacts,
  { current, old }: Groups,
  replacing: readonly Step[],
): Step[] {
  const isLeaving = (id: string) => replacing.some(step => step.kind === 'letGo' && step.replicaId === id)
  return [...current, ...old]
    .filter(replica => hasExited(replica) && !isLeaving(replica.id) && restartAtMs(replica, nowMs) <= nowMs)
    .map(replica => ({ kind: 'restart', replicaId: replica.id }))
}

/**
 * Replicas that hang while others of their kind serve. While none does they are left as they are, until all of
 * them are beyond hope: started anew in turns, they would never be so at the same time.
 */
function planFreshTries({ startDeadlineMs }: EndpointFacts, { ready }: Groups, stuck: Replica[]): Step[] {
  if (ready === 0) return []
  return stuck.map(replica => ({
    kind: 'restart',
    replicaId: replica.id,
    why: describeStuck(replica, startDeadlineMs),
  }))
}
