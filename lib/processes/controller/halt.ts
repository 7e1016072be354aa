import { setTimeout as sleep } from 'node:timers/promises'
import type { Provider } from '@/lib/server/providers/port'
import { type Lease, renewLeases } from './lease'
import { type PassDependencies, runPass } from './pass'
import { ProviderCalls } from './provider-calls'
import { tellError } from './worker'

type Endpoint = { lease: Lease; provider: Provider }

/** Stops these endpoints' replicas, all at the same time, and waits until the provider confirms it. */
export async function haltEndpoints(
  deps: PassDependencies,
  holder: string,
  endpoints: readonly Endpoint[],
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

async function haltOne(deps: PassDependencies, { lease, provider }: Endpoint): Promise<void> {
  const { settings, logger } = deps
  const calls = new ProviderCalls(settings.providerTimeoutMs, logger)
  const deadline = Date.now() + settings.haltMs
  while (Date.now() < deadline) {
    try {
      const { isEmpty } = await runPass(deps, { lease, provider, calls, isHalting: true })
      if (isEmpty) return
    } catch (error) {
      await tellError(deps, lease, error)
    }
    await sleep(settings.afterStepMs)
  }
  // The next controller adopts what is left: its rows and the provider agree on what it is.
  logger.error({ endpointId: lease.endpointId }, 'replicas did not stop in time')
}
