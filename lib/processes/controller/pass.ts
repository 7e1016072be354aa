import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { type Reconciliation, reconcile } from '@/lib/domain/endpoint/rollout'
import type { Database } from '@/lib/server/db/client'
import type { NamedRef, Provider, ReplicaProvider, ReplicaReport } from '@/lib/server/providers/port'
import type { ProviderSource } from '@/lib/server/services/connections/provider-source'
import type { Catalog } from './catalog'
import { givenUp, tellFailure } from './give-up'
import type { HardwareSampler } from './hardware-sampler'
import type { Pricing } from './intervals'
import { confirmLease, type Lease } from './lease'
import type { Limit } from './limit'
import { type Loaded, loadEndpoint } from './load'
import type { ProviderCalls } from './provider-calls'
import { clearProviderError } from './provider-error'
import { removeEndpoint } from './remove'
import type { ControllerSettings } from './settings'
import { needsApply, targetOf } from './target'
import { writePass } from './write'

/** What all passes share. */
export type PassDependencies = {
  db: Database
  providers: ProviderSource
  settings: ControllerSettings
  limit: Limit
  catalog: Catalog
  sampler: HardwareSampler
  logger: Logger
}

/** One endpoint to look after. */
export type Job<P extends Provider = ReplicaProvider> = {
  lease: Lease
  ref: NamedRef
  provider: P
  calls: ProviderCalls
  isHalting: boolean
}

export type Outcome = { pauseMs: number; isRemoved: boolean; isEmpty: boolean }

export const REMOVED: Outcome = { pauseMs: 0, isRemoved: true, isEmpty: true }

type Thought = { loaded: Loaded; result: Reconciliation }

/**
 * One pass: look at the provider, then at the database, decide, write, and only then act. Killed anywhere, the
 * next pass finds either what was before or what was written, and goes on from there.
 * @throws ProviderError, LeaseLost, IntentChanged, or what the database throws.
 */
export async function runPass(deps: PassDependencies, job: Job): Promise<Outcome> {
  const { db, settings, limit } = deps
  const { lease, provider, calls } = job
  const { replicas: reports } = await calls.call('observe', () => provider.observe(lease))
  const types = await calls.call('catalog', () => deps.catalog.instanceTypes(provider))

  let thought = await limit(() => think(deps, job, reports))
  if (!thought) return REMOVED
  deps.sampler.take(lease, reports, thought.loaded, types)
  const failure = await failureOf(provider, thought)
  // Reading the last lines took its time: decide again on what is true now.
  if (failure !== null) thought = await limit(() => think(deps, job, reports))
  if (!thought) return REMOVED

  const { loaded, result } = thought
  const pricingOf = (revision: number): Pricing => {
    const instanceType = loaded.revisions.get(revision)?.spec.hardware.instanceType ?? 'unknown'
    const priceUsdPerHour = types.get(instanceType)?.priceUsdPerHour ?? null
    return { instanceType, priceUsdPerHour, freeStates: ['failed'] }
  }
  const writing = { loaded, result, pricingOf, failure: givenUp(result.happenings) ? failure : null }
  const hasStepped = await limit(() => writePass(db, lease, settings.leaseMs, writing))

  const target = targetOf(loaded, result.replicas, reports)
  if (needsApply(target, reports)) {
    // Without a write above nothing has said yet that the lease still holds.
    await limit(() => confirmLease(db, lease, settings.leaseMs))
    await calls.call('apply', () => provider.apply(target))
  }
  const isEmpty = result.replicas.every(replica => replica.stoppedAtMs !== null)
  const mayRemove = loaded.endpoint.desired === 'absent' && isEmpty && !job.isHalting
  if (mayRemove && (await removeEndpoint(deps, job))) return REMOVED
  await clearProviderError(db, lease, settings.leaseMs, loaded)
  return { pauseMs: pauseAfter(settings, result, hasStepped || mayRemove), isRemoved: false, isEmpty }
}

async function think(
  { db, settings }: PassDependencies,
  job: Job,
  reports: readonly ReplicaReport[],
): Promise<Thought | null> {
  const loaded = await loadEndpoint(db, job.lease.endpointId)
  if (!loaded) return null
  const { startDeadlineMs } = settings
  const facts = { ...loaded.facts, sightings: reports, isHalting: job.isHalting, startDeadlineMs }
  return { loaded, result: reconcile(facts, randomUUID) }
}

async function failureOf(provider: ReplicaProvider, { loaded, result }: Thought): Promise<string | null> {
  const replica = givenUp(result.happenings)
  return replica ? await tellFailure(provider, loaded, replica) : null
}

function pauseAfter(settings: ControllerSettings, { status }: Reconciliation, hasStepped: boolean): number {
  if (hasStepped) return settings.afterStepMs
  return status.isInFlight ? settings.inFlightMs : settings.idleMs
}
