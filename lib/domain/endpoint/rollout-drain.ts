import type { GatewayFacts, Replica } from './rollout-types'

/** A draining replica is let go after this, whatever is still in flight on it. */
export const DRAIN_LIMIT_MS = 60_000

/**
 * Routes read this soon after the drain may still be from before it: the drain's time is taken a moment before its
 * transaction is visible to others.
 */
const VISIBILITY_MARGIN_MS = 1_000

/** A gateway counts the requests of draining replicas only, so one it counts (even to 0) it has seen draining. */
function knows(gateway: GatewayFacts, replicaId: string, drainingAtMs: number): boolean {
  if (gateway.inFlight[replicaId] !== undefined) return true
  return gateway.routesReadAtMs !== null && gateway.routesReadAtMs >= drainingAtMs + VISIBILITY_MARGIN_MS
}

/** Whether no gateway sends it anything any more, or it had its time. */
export function isDrained(replica: Replica, gateways: readonly GatewayFacts[], nowMs: number): boolean {
  const { id, drainingAtMs } = replica
  if (drainingAtMs === null) return false
  if (nowMs - drainingAtMs >= DRAIN_LIMIT_MS) return true
  return gateways.every(gateway => knows(gateway, id, drainingAtMs) && (gateway.inFlight[id] ?? 0) === 0)
}
