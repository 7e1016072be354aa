import type { Drift, SeenSetup, Settlement } from './drift'
import type { Happening, Replica } from './rollout-types'
import type { EndpointSpec } from './spec'
import type { DesiredState, EndpointState, ReplicaState } from './state'

/** What a provider that rolls out by itself reports of an endpoint. */
export type EndpointSighting = {
  state: EndpointState
  /** A sentence. */
  message: string
  errorMessage: string | null
  /** The revision it was last given; null where it does not say. */
  revision: number | null
  /** The provider's own word for what it runs, where that says more than the revision. */
  version?: string
  /** What it says of the settings that it was given; absent where nothing can be said now. */
  setup?: SeenSetup
  /** Where the provider answers for it, and what the gateway calls; null until known. */
  address: string | null
  /** The service that a private link of the team's connects to, where the provider makes one. */
  privateService?: string | null
  readyReplicas: number
  targetReplicas: number
  /** It runs, or rests, as asked but for something that could not be asked before, or was refused. */
  isIncomplete?: boolean
  replicas: readonly ReplicaSighting[]
}

export type ReplicaSighting = {
  /** The same for the same replica at every look. */
  id: string
  /** The provider's own name of it. */
  name: string
  state: Extract<ReplicaState, 'pending' | 'downloading' | 'initializing' | 'running' | 'failed'>
  message: string
}

export type SelfRolledFacts = {
  desired: DesiredState
  /** The newest revision. */
  revision: number
  /** Of the newest revision. */
  spec: EndpointSpec
  /** Slipway only looks at it. */
  isReadOnly: boolean
  settled: Settlement | null
  /** As the last pass left it. */
  drift: Drift | null
  state: EndpointState
  message: string
  servingRevision: number | null
  upstreamUrl: string | null
  privateService: string | null
  /** Those not yet gone. */
  replicas: readonly Replica[]
  /** Null where the provider has nothing of it. */
  sighting: EndpointSighting | null
  nowMs: number
}

export type SelfRolledStatus = {
  state: EndpointState
  message: string
  errorMessage: string | null
  readyReplicas: number
  targetReplicas: number
  servingRevision: number | null
  upstreamUrl: string | null
  privateService: string | null
}

export type SelfRolledPlan = {
  replicas: Replica[]
  happenings: Happening[]
  status: SelfRolledStatus
  /** What is at the provider is not what is wanted. */
  needsApply: boolean
  /** What is applied is applied whole, also where its revision is there already. */
  isRestoring: boolean
  settled: Settlement | null
  drift: Drift | null
  /** Scaling to zero was asked for and is done: from here on a request may wake it, and that stays. */
  isScaledDown: boolean
  isInFlight: boolean
}
