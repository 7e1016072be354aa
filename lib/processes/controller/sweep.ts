import { and, inArray, isNull } from 'drizzle-orm'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import type { PassDependencies } from './pass'
import { ProviderCalls } from './provider-calls'

/**
 * Stops replicas of endpoints that no row knows: of a database that was reset, or restored from before. Their
 * output is left alone; a row may come back.
 */
export async function stopUnknown({ db, providers, settings, logger }: PassDependencies): Promise<void> {
  const calls = new ProviderCalls(settings.providerTimeoutMs, logger)
  for (const provider of await providers.all()) {
    try {
      const there = await calls.call('endpointIds', async () => (await provider.endpointIds?.()) ?? [])
      if (there.length === 0) continue
      const rows = await db
        .select({ id: endpoints.id })
        .from(endpoints)
        .where(and(inArray(endpoints.id, there), isNull(endpoints.removedAt)))
      const known = new Set(rows.map(row => row.id))
      for (const endpointId of there.filter(id => !known.has(id))) {
        logger.warn({ endpointId, provider: provider.kind }, 'stopping replicas of an endpoint nobody knows')
        await calls.call('halt', () => provider.halt({ endpointId }))
      }
    } catch (error) {
      logger.error({ err: error, provider: provider.kind }, 'unknown replicas could not be looked for')
    }
  }
}
