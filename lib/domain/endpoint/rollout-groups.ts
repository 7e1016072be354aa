import type { EndpointFacts, Replica } from './rollout-types'

/** Exists and is meant to: not let go, not gone. A crashed one that waits for its restart is kept. */
export const isKept = (replica: Replica): boolean =>
  replica.stoppedAtMs === null && replica.state !== 'stopped' && replica.state !== 'draining'

/** A gateway may choose it. */
export const isReady = (replica: Replica): boolean =>
  replica.state === 'running' && replica.address !== null && replica.drainingAtMs === null

export const hasExited = (replica: Replica): boolean => replica.state === 'failed'

/** It answered requests at some time, so a restart of it is worth waiting for. */
export const wasEverReady = (replica: Replica): boolean => replica.readyAtMs !== null

/** Whether replicas of one revision may stand for the other. */
export function isSameRuntime(facts: EndpointFacts, a: number, b: number): boolean {
  return a === b || facts.revisions.get(a)?.runtime === facts.revisions.get(b)?.runtime
}

export const wantedOf = (facts: EndpointFacts, revision: number): number =>
  facts.revisions.get(revision)?.wantedReplicas ?? 1

/** The failed mark counts only for the revision it names; a newer one is tried. */
export const isFailed = (facts: EndpointFacts): boolean => facts.failedRevision === facts.revision

/** The good revision to go back to, where there is another one. */
export function fallbackOf(facts: EndpointFacts): number | null {
  const { servingRevision, revision } = facts
  if (servingRevision === null || !facts.revisions.has(servingRevision)) return null
  return isSameRuntime(facts, servingRevision, revision) ? null : servingRevision
}

/** The revision that should run: the newest, or the last good one after a failed update. */
export const activeRevisionOf = (facts: EndpointFacts): number =>
  (isFailed(facts) ? fallbackOf(facts) : null) ?? facts.revision

export type Groups = {
  wanted: number
  /** Kept replicas that run what should run. */
  current: Replica[]
  /** Kept replicas of revisions that are to go. */
  old: Replica[]
  ready: number
  /** Everything that takes up room at the provider, on its way out too. */
  occupying: number
}

export function groupReplicas(facts: EndpointFacts, activeRevision: number): Groups {
  const kept = facts.replicas.filter(isKept)
  const isCurrent = (replica: Replica) => isSameRuntime(facts, replica.revision, activeRevision)
  return {
    wanted: wantedOf(facts, activeRevision),
    current: kept.filter(isCurrent),
    old: kept.filter(replica => !isCurrent(replica)),
    ready: kept.filter(isReady).length,
    occupying: facts.replicas.filter(replica => replica.stoppedAtMs === null).length,
  }
}
