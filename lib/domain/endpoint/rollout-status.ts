import { restartAtMs } from './rollout-backoff'
import { type Groups, groupReplicas, hasExited, isFailed, isReady } from './rollout-groups'
import type { EndpointFacts, EndpointStatus, Replica } from './rollout-types'
import type { EndpointState } from './state'

/** What the endpoint is, said from the rows after this pass's steps. */
export function statusOf(facts: EndpointFacts, activeRevision: number): EndpointStatus {
  const { servingRevision, failedRevision } = facts
  const isPresent = facts.desired === 'present' && !facts.isHalting
  const groups = groupReplicas(facts, activeRevision)
  const said = facts.isHalting
    ? haltedStatus(facts)
    : isPresent
      ? presentStatus(facts, groups)
      : absentStatus(facts, groups)
  const isSettled = groups.occupying === groups.ready && groups.old.length === 0
  return {
    ...said,
    readyReplicas: groups.ready,
    targetReplicas: isPresent ? groups.wanted : 0,
    servingRevision,
    failedRevision,
    isInFlight: !isSettled || (isPresent && said.state !== 'failed' && groups.ready !== groups.wanted),
  }
}

type Said = { state: EndpointState; message: string }

function presentStatus(facts: EndpointFacts, groups: Groups): Said {
  const { current, old, ready, wanted } = groups
  const { revision, nowMs } = facts
  if (isFailed(facts) && facts.servingRevision === null) {
    return { state: 'failed', message: `Revision ${revision} failed and is not started again.` }
  }
  if (isFailed(facts)) {
    const message = `Revision ${revision} did not start; revision ${facts.servingRevision} serves with ${count(ready, wanted)}.`
    return { state: 'updateFailed', message }
  }
  if (old.length > 0) {
    const done = current.filter(isReady).length
    return { state: 'updating', message: `Rolling out revision ${revision}: ${count(done, wanted)}.` }
  }
  if (ready >= wanted) return { state: 'running', message: `${upperFirst(count(ready, wanted))}.` }
  const waiting = current.find(replica => !isReady(replica))
  const why = waiting ? `${waiting.name}: ${progressOf(waiting, nowMs)}` : 'Waiting for room to start.'
  if (ready > 0) return { state: 'running', message: `${upperFirst(count(ready, wanted))}. ${why}` }
  return { state: current.length > 0 ? 'initializing' : 'pending', message: why }
}

/** What is not running anyway stays what it is; the rest waits for the next start. */
function haltedStatus({ state, desired }: EndpointFacts): Said {
  if (state === 'failed') return { state, message: 'Failed before Slipway stopped.' }
  if (desired === 'paused') return { state: 'paused', message: WORDS.paused.done }
  return { state: 'pending', message: 'Stopped with Slipway; starts again with it.' }
}

const WORDS = {
  paused: { doing: 'Pausing', done: 'Paused.', state: 'paused' },
  scaledToZero: { doing: 'Scaling to zero', done: 'Scaled to zero.', state: 'scaledToZero' },
  absent: { doing: 'Deleting', done: 'Deleting: removing what is left.', state: 'paused' },
} as const

function absentStatus({ desired, state, replicas }: EndpointFacts, { occupying }: Groups): Said {
  const words = WORDS[desired === 'present' ? 'paused' : desired]
  if (occupying === 0) return { state: words.state, message: words.done }
  const draining = replicas.filter(replica => replica.state === 'draining').length
  const doing = draining > 0 ? 'finishing requests' : 'stopping'
  const who = occupying === 1 ? 'one replica is' : `${occupying} replicas are`
  return { state, message: `${words.doing}: ${who} ${doing}.` }
}

const count = (ready: number, wanted: number) =>
  wanted === 1 && ready === 1 ? 'the replica is ready' : `${ready} of ${wanted} replicas ready`

const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function progressOf(replica: Replica, nowMs: number): string {
  if (!hasExited(replica)) return replica.message
  const seconds = Math.max(1, Math.ceil((restartAtMs(replica, nowMs) - nowMs) / 1000))
  return `${replica.message} Starting again in ${seconds} s (exit ${replica.crashes} in a row).`
}
