import { backoffMs } from '@/lib/domain/endpoint/rollout-backoff'
import { ProviderError } from '@/lib/server/providers/port'
import { findEndpointById } from '@/lib/server/services/endpoints/find-endpoint'
import { namedRefOf } from '@/lib/server/services/endpoints/named-ref'
import { type Lease, LeaseLost } from './lease'
import { type Loop, startLoop } from './loop'
import { type Outcome, type PassDependencies, runPass } from './pass'
import { ProviderCalls } from './provider-calls'
import { recordProviderError } from './provider-error'
import { runSelfRolledPass } from './self-rolled-pass'
import type { Surveyed } from './survey'
import { IntentChanged } from './write'

export type Worker = Loop & Surveyed

/** Looks after one endpoint until it is stopped. `onEnd`: the endpoint is removed, or somebody else's. */
export function startWorker(deps: PassDependencies, surveyed: Surveyed, onEnd: () => void): Worker {
  const { lease } = surveyed
  const calls = new ProviderCalls(deps.settings.providerTimeoutMs, deps.logger)
  let failures = 0

  const loop = startLoop(async () => {
    try {
      const outcome = await passOver(deps, surveyed, calls, false)
      failures = 0
      if (outcome.isRemoved) onEnd()
      return outcome.pauseMs
    } catch (error) {
      if (error instanceof IntentChanged) return 0
      if (error instanceof LeaseLost) {
        onEnd()
        return deps.settings.idleMs
      }
      failures += 1
      await tellError(deps, lease, error)
      return Math.min(backoffMs(failures, lease.endpointId), deps.settings.retryLimitMs)
    }
  })
  return { ...loop, ...surveyed }
}

/** One pass in the way of whoever rolls out. The provider is asked for anew: its account may have changed. */
export async function passOver(
  deps: PassDependencies,
  { lease, endpointName, place }: Surveyed,
  calls: ProviderCalls,
  isHalting: boolean,
): Promise<Outcome> {
  const provider = await deps.providers.of(place)
  const job = { lease, ref: { endpointId: lease.endpointId, endpointName }, calls, isHalting }
  if (provider.rollout === 'slipway') return await runPass(deps, { ...job, provider })
  // Whether Slipway may change it can have changed since the lease was taken.
  const found = await findEndpointById(deps.db, lease.endpointId)
  return await runSelfRolledPass(deps, { ...job, provider, ref: found ? namedRefOf(found) : job.ref })
}

/** On the endpoint where it is the provider's; in the log where it is the database's or ours. */
export async function tellError({ db, settings, logger }: PassDependencies, lease: Lease, error: unknown) {
  const { endpointId } = lease
  if (!(error instanceof ProviderError)) {
    logger.error({ err: error, endpointId }, 'a pass failed; trying again')
    return
  }
  logger.warn({ err: error, endpointId }, 'the provider refused; trying again')
  try {
    await recordProviderError(db, lease, settings.leaseMs, error)
  } catch (failure) {
    if (!(failure instanceof LeaseLost))
      logger.error({ err: failure, endpointId }, 'an error could not be recorded')
  }
}
