import type { DesiredState, EndpointState, ReplicaState } from './state'

/*
 * The values the controller thinks in. Times are milliseconds of the database's clock, the only one that gateways
 * and controllers share.
 */

export type ReplicaExit = { code: number | null; signal: string | null; outOfMemory: boolean; at: string }

/**
 * A replica as its row says. Beyond the plain meaning of `state`, while `stoppedAtMs` is null:
 * `failed` exited and is started again after a pause; `stopped` was let go and the provider is stopping it.
 */
export type Replica = {
  id: string
  name: string
  revision: number
  state: ReplicaState
  message: string
  address: string | null
  /** Counts up with every restart. */
  attempt: number
  /** Exits in a row without a good run between them. */
  crashes: number
  createdAtMs: number
  attemptStartedAtMs: number
  /** When its phase or message last changed. */
  progressedAtMs: number
  readyAtMs: number | null
  drainingAtMs: number | null
  stoppedAtMs: number | null
  exit: ReplicaExit | null
}

/** What the provider reports of one replica. */
export type Sighting = {
  id: string
  attempt: number
  state: Exclude<ReplicaState, 'draining'>
  message: string
  address: string | null
  exit: ReplicaExit | null
}

/** What a living gateway says of itself. */
export type GatewayFacts = {
  id: string
  routesReadAtMs: number | null
  /** Requests in flight per draining replica. */
  inFlight: Readonly<Record<string, number>>
}

export type RevisionFacts = {
  wantedReplicas: number
  /** Equal for two revisions whose replicas are the same thing, so that one need not replace the other. */
  runtime: string
}

export type EndpointFacts = {
  desired: DesiredState
  /** The newest revision. */
  revision: number
  revisions: ReadonlyMap<number, RevisionFacts>
  state: EndpointState
  servingRevision: number | null
  failedRevision: number | null
  /** Those not yet confirmed gone. */
  replicas: readonly Replica[]
  /** Highest number ever used in the names of a revision's replicas. */
  highestNumbers: ReadonlyMap<number, number>
  sightings: readonly Sighting[]
  gateways: readonly GatewayFacts[]
  /** Slipway itself stops: nothing is wanted for now, nobody waits for requests, and nothing is forgotten. */
  isHalting: boolean
  /** A replica that loads for this long without progress is given up. */
  startDeadlineMs: number
  nowMs: number
}

export type Step =
  | { kind: 'create'; revision: number }
  /** `why` where it has not exited: it hangs. */
  | { kind: 'restart'; replicaId: string; why?: string }
  /** Take it out of the routes; it goes on with what it has. */
  | { kind: 'drain'; replicaId: string; reason: string }
  /** Nothing of it is needed any more: leave it out of the provider's target. */
  | { kind: 'letGo'; replicaId: string; reason: string }
  /** It exited too often, or hangs (`why`); it is not started again. */
  | { kind: 'giveUp'; replicaId: string; why?: string }

/** The next steps, and what they mean for the revisions. */
export type Plan = {
  steps: Step[]
  /** The revision that should run: the newest, or the last good one after a failed update. */
  activeRevision: number
  servingRevision: number | null
  failedRevision: number | null
}

/** What is worth a place on the timeline. */
export type Happening =
  | { kind: 'created'; replica: Replica }
  | { kind: 'restarted'; replica: Replica }
  | { kind: 'phase'; replica: Replica; from: ReplicaState; tookMs: number }
  | { kind: 'exited'; replica: Replica; exit: ReplicaExit }
  | { kind: 'gaveUp'; replica: Replica }
  | { kind: 'draining'; replica: Replica; reason: string }
  | { kind: 'stopped'; replica: Replica }
  | { kind: 'rolloutStarted' | 'rolloutFinished'; revision: number; from: number }
  | { kind: 'rolloutFailed'; revision: number; keeps: number | null }
  | { kind: 'driftFound' | 'driftResolved'; message: string }
  | { kind: 'stateChanged'; from: EndpointState; to: EndpointState; message: string }

export type EndpointStatus = {
  state: EndpointState
  message: string
  readyReplicas: number
  targetReplicas: number
  servingRevision: number | null
  failedRevision: number | null
  /** More is to be done soon, by somebody's wish or because something is on its way. */
  isInFlight: boolean
}
