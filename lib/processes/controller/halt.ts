import { setTimeout as sleep } from 'node:timers/promises'
import { renewLeases } from './lease'
import type { PassDependencies } from './pass'
import { ProviderCalls } from './provider-calls'
import type { Surveyed } from './survey'
import { passOver, tellError } from './worker'

/** Stops these endpoints' replicas, all at the same time, and waits until the provider confirms it. */
export async function haltEndpoints(
  deps: PassDependencies,
  holder: string,
  endpoints: readonly Surveyed[],
): Promise<void> {
  if (endpoints.length === 0) return
  const { db, settings, logger } = deps
  const renewing = setInterval(() => {
    renewLeases(db, holder, settings.leaseMs).catch(error =>
      logger.error({ err: error }, 'leases not renewed'),
    )
  }, settings.leaseMs / 3)
  try {
    await Promise.all(endpoints.map(endpoint => haltOne(deps, endpoint)))
  } finally {
    clearInterval(renewing)
  }
}

async function haltOne(deps: PassDependencies, endpoint: Surveyed): Promise<void> {
  const { settings, logger } = deps
  const { lease } = endpoint
  const calls = new ProviderCalls(settings.providerTimeoutMs, logger)
  const deadline = Date.now() + settings.haltMs
  while (Date.now() < deadline) {
    try {
      const { isEmpty } = await passOver(deps, endpoint, calls, true)
      if (isEmpty) return
    } catch (error) {
      await tellError(deps, lease, error)
    }
    await sleep(settings.afterStepMs)
  }
  // The next controller adopts what is left: its rows and the provider agree on what it is.
  logger.error({ endpointId: lease.endpointId }, 'replicas did not stop in time')
}
