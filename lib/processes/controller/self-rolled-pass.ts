import { isDeepStrictEqual } from 'node:util'
import { planSelfRolled } from '@/lib/domain/endpoint/self-rollout'
import type { EndpointSighting, SelfRolledPlan } from '@/lib/domain/endpoint/self-rollout-types'
import { type EndpointProvider, ProviderError, type Wish } from '@/lib/server/providers/port'
import { driftOfRow, settlementOfRow } from '@/lib/server/services/endpoints/drift-row'
import { namedRefOf } from '@/lib/server/services/endpoints/named-ref'
import type { Pricing } from './intervals'
import { confirmLease } from './lease'
import { type Loaded, loadEndpoint } from './load'
import { type Job, type Outcome, type PassDependencies, REMOVED } from './pass'
import { clearProviderError } from './provider-error'
import { removeEndpoint } from './remove'
import { forgetRestoring } from './restored'
import { openSecrets } from './target'
import { type Status, writeChanges } from './write'

/**
 * One pass over an endpoint that its provider rolls out: the same order as for our own replicas, so that a death at
 * any point is found out by the next look.
 * @throws ProviderError, LeaseLost, IntentChanged, or what the database throws.
 */
export async function runSelfRolledPass(
  deps: PassDependencies,
  job: Job<EndpointProvider>,
): Promise<Outcome> {
  const { db, settings, limit } = deps
  const { lease, ref, provider, calls } = job
  const sighting = await calls.call('observe', () => provider.observe(ref))
  const types = await calls.call('catalog', () => deps.catalog.instanceTypes(provider))
  const loaded = await limit(() => loadEndpoint(db, lease.endpointId))
  if (!loaded) return REMOVED
  const { isReadOnly, desired } = loaded.endpoint
  // Released: whatever goes on there is no business of ours any more.
  const seen = isReadOnly && desired === 'absent' ? null : sighting
  const plan = planOf(loaded, seen)

  const pricingOf = (revision: number): Pricing => {
    const instanceType = loaded.revisions.get(revision)?.spec.hardware.instanceType ?? 'unknown'
    const priceUsdPerHour = types.get(instanceType)?.priceUsdPerHour ?? null
    // Charged from the start of loading on; waiting to be scheduled is free.
    return { instanceType, priceUsdPerHour, freeStates: ['failed', 'pending'] }
  }
  const { replicas: after, happenings } = plan
  const status = statusChange(loaded, plan)
  await limit(() =>
    writeChanges(db, lease, settings.leaseMs, {
      loaded,
      after,
      happenings,
      status,
      pricingOf,
      failure: null,
    }),
  )
  if (plan.needsApply) {
    await limit(() => confirmLease(db, lease, settings.leaseMs))
    const wish = wishOf(loaded, plan)
    await calls.call('apply', () => provider.apply(wish))
    if (plan.isRestoring) await forgetRestoring(db, lease, settings.leaseMs, loaded)
  }
  if (desired === 'absent') {
    // Only once nothing is seen are its rows closed, which is what ends its cost.
    if (seen !== null) await calls.call('remove', () => provider.remove(ref))
    else if (await removeEndpoint(deps, job)) return REMOVED
  }
  // Its own complaint about the endpoint stays as long as it makes it.
  if (plan.status.errorMessage === null) await clearProviderError(db, lease, settings.leaseMs, loaded)
  const pauseMs = plan.isInFlight ? settings.remoteInFlightMs : settings.remoteIdleMs
  return { pauseMs, isRemoved: false, isEmpty: after.every(replica => replica.stoppedAtMs !== null) }
}

function planOf({ endpoint, replicas, facts, revisions }: Loaded, sighting: EndpointSighting | null) {
  const spec = revisions.get(endpoint.revision)?.spec
  if (!spec) throw new Error(`Revision ${endpoint.revision} of ${endpoint.id} is not loaded.`)
  return planSelfRolled({
    desired: endpoint.desired,
    revision: endpoint.revision,
    spec,
    isReadOnly: endpoint.isReadOnly,
    settled: settlementOfRow(endpoint),
    drift: driftOfRow(endpoint),
    state: endpoint.state,
    message: endpoint.stateMessage,
    servingRevision: endpoint.servingRevision,
    upstreamUrl: endpoint.upstreamUrl,
    privateService: endpoint.privateService,
    replicas,
    sighting,
    nowMs: facts.nowMs,
  })
}

/** The endpoint's new status, null where it is what it was. */
function statusChange(
  { endpoint }: Loaded,
  { status, isScaledDown, settled, drift }: SelfRolledPlan,
): Partial<Status> | null {
  const next = {
    state: status.state,
    stateMessage: status.message,
    // Null says nothing; what a call that failed has left here is cleared when a whole pass has worked.
    errorMessage: status.errorMessage ?? endpoint.errorMessage,
    readyReplicas: status.readyReplicas,
    targetReplicas: status.targetReplicas,
    servingRevision: status.servingRevision,
    upstreamUrl: status.upstreamUrl,
    privateService: status.privateService,
    desired: isScaledDown ? ('present' as const) : endpoint.desired,
    // The database gives fields of its JSON in an order of its own.
    ...(isDeepStrictEqual(settled, endpoint.settled) ? {} : { settled }),
    ...(isDeepStrictEqual(drift, endpoint.drift) ? {} : { drift }),
  }
  const keys = Object.keys(next) as (keyof typeof next)[]
  return keys.some(key => next[key] !== endpoint[key]) ? next : null
}

/** With opened secrets: hand it over and forget it. */
function wishOf({ endpoint, teamSlug, revisions }: Loaded, { isRestoring }: SelfRolledPlan): Wish {
  const { id, desired, revision } = endpoint
  const found = revisions.get(revision)
  if (!found || desired === 'absent')
    throw new ProviderError('invalid_spec', `Revision ${revision} is missing.`)
  const secrets = openSecrets(id, revision, found)
  return {
    ...namedRefOf(endpoint),
    teamSlug,
    desired,
    revision,
    spec: found.spec,
    secrets,
    isAnew: isRestoring,
  }
}
