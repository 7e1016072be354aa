import { hasExited, isKept, isReady } from './rollout-groups'
import type { EndpointFacts, Replica } from './rollout-types'

/**
 * Alive at the provider, not ready, and without a sign of progress (another phase, another message) for the whole
 * deadline. What the provider has not begun is the provider's error to tell, and no fault of the revision.
 */
export function isStuck(replica: Replica, { sightings, startDeadlineMs, nowMs }: EndpointFacts): boolean {
  if (!isKept(replica) || isReady(replica) || hasExited(replica)) return false
  if (nowMs - replica.progressedAtMs < startDeadlineMs) return false
  return sightings.some(({ id, attempt }) => id === replica.id && attempt >= replica.attempt)
}

/** What happened and what to do about it. */
export function describeStuck({ message }: Replica, startDeadlineMs: number): string {
  const minutes = Math.max(1, Math.round(startDeadlineMs / 60_000))
  return (
    `It did not become ready: nothing has changed for ${minutes} min since “${message}” ` +
    'If its log shows that it only needs longer, raise SLIPWAY_START_DEADLINE_MINUTES; ' +
    'otherwise try a larger instance or another revision of the model.'
  )
}
