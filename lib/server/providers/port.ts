import type { ManageObstacle } from '@/lib/domain/connections/manage-obstacle'
import type { EndpointSighting } from '@/lib/domain/endpoint/self-rollout-types'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import type { DesiredState, EndpointState, ReplicaState } from '@/lib/domain/endpoint/state'
import type { Capabilities } from '@/lib/domain/hardware/capabilities'
import type { InstanceType, Region } from '@/lib/domain/hardware/instance-type'
import type { ProviderKind } from '@/lib/domain/hardware/provider'

/** What the controller wants of a provider that takes replicas, whole: whatever is not listed must go. */
export type Target = {
  endpointId: string
  teamSlug: string
  endpointName: string
  /** Exactly these. */
  replicas: readonly ReplicaTarget[]
}

export type ReplicaTarget = {
  id: string
  name: string
  revision: number
  spec: EndpointSpec
  /** Opened secrets; they go into the replica's environment and nowhere else. */
  secrets: Readonly<Record<string, string>>
  /** Counts up when the controller decides to start an exited replica again. */
  attempt: number
}

/** What the controller wants of a provider that rolls out by itself. */
export type Wish = NamedRef & {
  teamSlug: string
  desired: Exclude<DesiredState, 'absent'>
  revision: number
  spec: EndpointSpec
  /** Opened secrets; they go into the provider's own secret store and nowhere else. */
  secrets: Readonly<Record<string, string>>
  /** Settings are put back also where this revision is there already: somebody changed them outside. */
  isAnew?: boolean
}

/** Names an endpoint at the provider. */
export type EndpointRef = { endpointId: string }
/** The name never changes; providers where people read names have it in theirs. */
export type NamedRef = EndpointRef & { endpointName: string; adopted?: Adopted }
/** It was in the account before Slipway: its own name there, and whether Slipway only looks at it. */
export type Adopted = { name: string; isReadOnly: boolean }

/** An endpoint that an account has, whoever made it. */
export type AccountEndpoint = {
  name: string
  state: EndpointState
  replicas: number
  /** Of this portal, of another one, or of nobody who says so. */
  owner: 'ours' | 'other' | 'nobody'
  /** What it is, as a spec of ours without its connection; null where that cannot be said. */
  spec: EndpointSpec | null
  /** Why there is no spec, where that can be said. */
  specProblem: string | null
  /** Why Slipway cannot change it, should it be asked to. */
  manageProblem: string | null
}
/** Whose output. */
export type LogRef = NamedRef & { replicaId: string; replicaName: string }

export type ReplicaExitReport = {
  code: number | null
  signal: string | null
  outOfMemory: boolean
  at: string
}

export type ReplicaReport = {
  id: string
  revision: number
  attempt: number
  state: Extract<ReplicaState, 'pending' | 'downloading' | 'initializing' | 'running' | 'stopped' | 'failed'>
  /** A sentence: "Downloading onnx/model.onnx, 40 %". */
  message: string
  /** Base URL of the replica, once it listens. */
  address: string | null
  exit: ReplicaExitReport | null
  usage: ReplicaUsage | null
}

export type ReplicaUsage = {
  /** When this was measured, which may be before it was asked for: a rate needs the time of its values. */
  at: string
  /** Cumulative CPU seconds of the process tree, for a rate between two observations. */
  cpuSeconds: number
  memoryBytes: number
  memoryLimitBytes: number | null
  gpu: { utilisation: number; memoryBytes: number } | null
}

export type Observation = { replicas: readonly ReplicaReport[]; messages: readonly string[] }

export type Problem = { field?: string; message: string }

/** Closed set; each comes with a sentence that tells the user what to do. */
export const PROVIDER_ERROR_CODES = [
  'credentials',
  'permission',
  'quota',
  'capacity',
  'invalid_spec',
  'not_found',
  'rate_limited',
  'unreachable',
  'timeout',
  'unexpected',
] as const
export type ProviderErrorCode = (typeof PROVIDER_ERROR_CODES)[number]

/** The one error a provider's verbs throw. The message is shown to users: no secrets, no raw payloads. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError'
  constructor(
    readonly code: ProviderErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options)
  }
}

/** From a chunk's position on, or from the beginning; `follow` waits for what is still to come. */
export type LogReading = { since: string | null; follow: boolean; signal: AbortSignal }

/**
 * One piece of a replica's output. `position` is the provider's opaque place right after these lines: handing it
 * back as `since` continues with the next line, nothing lost, nothing repeated. What the provider could not keep
 * until it was read (rotation, a full disk) is counted in `lostLines`; those lines stood before `lines`.
 */
export type LogChunk = { position: string; lines: readonly RawLogLine[]; lostLines: number }

export type RawLogLine = {
  timeMs: number
  stream: 'stdout' | 'stderr'
  /**
   * Without its newline: bytes as they came, or decoded already, with what is no UTF-8 replaced. Decoded, it may be
   * several lines that were written together, with newlines between them.
   */
  text: string | Buffer
  /** How many bytes behind `text` the provider left off. */
  cutBytes?: number
}

/** What can be had there. `builtin` is set where the provider did not say and a table of our own answers. */
export type ProviderCatalog = {
  regions: Region[]
  instanceTypes: InstanceType[]
  builtin?: { asOf: string; reason: string }
}

/** What a provider measured itself, under its own names: one chart each. */
export type NativeMetric = {
  /** As the provider calls it: "Requests per minute". */
  title: string
  unit: 'count' | 'ms' | 'bytes' | 'share' | 'replicas'
  /** In time order; null where the provider has no value. */
  series: readonly { name: string; points: readonly { atMs: number; value: number | null }[] }[]
}

/**
 * A place where endpoints run. Every verb is level-triggered and idempotent: it may be called again at any time,
 * by a controller that knows nothing of the call before. Providers never touch the database; an account's settings
 * and opened secrets are given to whoever makes one.
 */
type AnyProvider = {
  readonly kind: ProviderKind
  readonly capabilities: Capabilities
  catalog(signal?: AbortSignal): Promise<ProviderCatalog>
  /** What stands in the way of this spec; empty means it can be deployed. */
  check(spec: EndpointSpec, signal?: AbortSignal): Promise<Problem[]>
  /** Endpoints that have anything here: finds what a database that was reset or restored does not know. */
  endpointIds?(): Promise<string[]>
  /** Stops what costs of an endpoint that no row knows, and leaves the rest: a row may come back. */
  halt(ref: EndpointRef): Promise<void>
  /**
   * Everything a replica wrote from `since` on; ends when it has stopped and all is read, or on abort. After a
   * restart (a higher attempt) the same positions go on: call again with the last one.
   */
  logs(ref: LogRef, reading: LogReading): AsyncIterable<LogChunk>
  /**
   * Says that the output of a replica that is not wanted any more is stored elsewhere (or given up): the provider
   * drops what it kept, at once or as soon as the replica has stopped. Without this verb there is nothing to drop.
   */
  releaseLogs?(ref: EndpointRef & { replicaId: string }): Promise<void>
  /**
   * What the provider measured of the endpoint itself, at its own resolution or coarser; only with the capability
   * `nativeMetrics`. Shown beside ours, never mixed with them.
   */
  metrics?(
    ref: NamedRef,
    window: { fromMs: number; toMs: number; stepSeconds: number },
    signal?: AbortSignal,
  ): Promise<readonly NativeMetric[]>
}

/** The controller names every replica and rolls from one revision to the next (local, docker). */
export type ReplicaProvider = AnyProvider & {
  readonly rollout: 'slipway'
  /** Creates or moves towards the target and returns without waiting for readiness. */
  apply(target: Target): Promise<void>
  observe(ref: EndpointRef): Promise<Observation>
  /**
   * Removes every trace of the endpoint; resolves true when nothing is left, false while it is going. The output
   * of a replica is kept, and the answer is false, until `releaseLogs` was called for it.
   */
  remove(ref: EndpointRef): Promise<boolean>
}

/** The provider rolls, scales and balances by its own means, behind an address of its own (Hugging Face). */
export type EndpointProvider = AnyProvider & {
  readonly rollout: 'provider'
  /** Creates it or moves it towards the wish and returns without waiting for readiness. */
  apply(wish: Wish): Promise<void>
  /** Null where the provider has nothing of this endpoint. */
  observe(ref: NamedRef): Promise<EndpointSighting | null>
  /** Removes every trace; true when nothing is left, false while it is going. */
  remove(ref: NamedRef): Promise<boolean>
  /** All that the account has; without this verb nothing can be adopted there. */
  accountEndpoints?(signal?: AbortSignal): Promise<AccountEndpoint[]>
  /** Why the connection may not change one of them, by its name there; where rights differ from name to name. */
  manageObstacle?(name: string, signal?: AbortSignal): Promise<ManageObstacle | null>
}

export type Provider = ReplicaProvider | EndpointProvider
