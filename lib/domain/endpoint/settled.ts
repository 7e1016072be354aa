import {
  type Drift,
  isSameDrift,
  type SeenDrift,
  type Settlement,
  setupChanges,
  withoutSecrets,
} from './drift'
import type { EndpointSighting, SelfRolledFacts } from './self-rollout-types'
import { type EndpointState, IN_FLIGHT_STATES } from './state'

/** The provider's word for what it has; ours where it has no other. */
export const versionOf = ({ version, revision }: EndpointSighting): string | null =>
  version ?? (revision === null ? null : String(revision))

const isOfIntent = (settled: Settlement | null, { desired, revision }: SelfRolledFacts) =>
  settled !== null && settled.desired === desired && settled.revision === revision

/** The provider once had what is wanted now: whatever differs since was not done by us, and is not undone by us. */
export const isSettled = (facts: SelfRolledFacts): boolean =>
  isOfIntent(facts.settled, facts) && facts.settled?.isRestoring === false && facts.desired !== 'absent'

/** Ours is to be put back, once nothing else is going on there. */
export const isRestoring = (facts: SelfRolledFacts): boolean =>
  isOfIntent(facts.settled, facts) &&
  facts.settled?.isRestoring === true &&
  (facts.sighting === null || !IN_FLIGHT_STATES.includes(facts.sighting.state))

/** What is there is this revision, or what a person took for it. */
export function isCurrent(facts: SelfRolledFacts): boolean {
  const { sighting, settled, revision } = facts
  if (sighting === null) return false
  if (sighting.revision === revision) return true
  return isSettled(facts) && settled?.isCurrent === true && settled.version === versionOf(sighting)
}

const AT_WORK: readonly EndpointState[] = ['running', 'scaledToZero']

/** Marks an intent as reached when it is first seen so. */
export function settlementAfter(facts: SelfRolledFacts): Settlement | null {
  const { desired, revision, settled, sighting } = facts
  if (isOfIntent(settled, facts)) return settled
  const isReached =
    desired === 'present'
      ? isCurrent(facts) && sighting?.isIncomplete !== true && AT_WORK.includes(sighting?.state ?? 'failed')
      : desired === 'paused' &&
        (sighting === null || (sighting.state === 'paused' && sighting.isIncomplete !== true))
  if (!isReached) return null
  return {
    desired,
    revision,
    isThere: sighting !== null,
    version: sighting && versionOf(sighting),
    isCurrent: isCurrent(facts),
    isRestoring: false,
  }
}

/**
 * What was changed outside. One look says nothing yet: the same has to be seen twice, as an answer may be older than
 * the one before it. While the provider is busy the last word stays.
 */
export function driftAfter(facts: SelfRolledFacts): Drift | null {
  const { drift: before, desired, sighting, nowMs } = facts
  if (!isSettled(facts)) return null
  if (desired === 'present' && sighting && isSilent(sighting)) return before
  const seen = seenDrift(facts)
  if (seen === null) return null
  if (before && isSameDrift(before, seen))
    return before.isConfirmed ? before : { ...before, isConfirmed: true }
  // Another change on top of one that is shown already: shown as it is now.
  return { ...seen, since: new Date(nowMs).toISOString(), isConfirmed: before?.isConfirmed ?? false }
}

/** Busy, or without a word about its settings now. */
const isSilent = ({ state, setup }: EndpointSighting) =>
  IN_FLIGHT_STATES.includes(state) || (state !== 'paused' && setup === undefined)

function seenDrift({ desired, sighting, settled, spec }: SelfRolledFacts): SeenDrift | null {
  const nothing = { changes: [], setup: {}, version: null }
  if (sighting === null) return settled?.isThere ? { ...nothing, state: 'gone' } : null
  const version = versionOf(sighting)
  if (desired === 'present' && sighting.state === 'paused') return { ...nothing, version, state: 'paused' }
  const state = desired === 'paused' && sighting.state !== 'paused' ? 'running' : null
  const setup = withoutSecrets(sighting.setup ?? {}, spec)
  const changes = settled?.isCurrent ? setupChanges(spec, setup) : []
  if (desired === 'present' && settled && version !== settled.version)
    changes.unshift({
      path: 'version',
      label: 'version at the provider',
      before: settled.version,
      after: version,
    })
  return state === null && changes.length === 0 ? null : { state, changes, setup, version }
}
