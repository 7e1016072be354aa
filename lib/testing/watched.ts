import type { EndpointProvider } from '@/lib/server/providers/port'
import { readLogs } from './provider-logs'

/** What the collector and the charts find of an adopted endpoint, whose name at the provider is its own. */
export async function watched(provider: EndpointProvider, name: string, endpointId: string) {
  const ref = { endpointId, endpointName: name, adopted: { name, isReadOnly: true } }
  const [replica] = (await provider.observe(ref))?.replicas ?? []
  const of = { ...ref, replicaId: replica?.id ?? '', replicaName: replica?.name ?? '' }
  const { texts } = await readLogs({ provider, ref: of })
  const toMs = Date.now() + 120_000
  const metrics = await provider.metrics?.(ref, { fromMs: toMs - 600_000, toMs, stepSeconds: 60 })
  return {
    hasLines: texts.some(text => text.startsWith('stub: listening')),
    hasMetrics: (metrics ?? []).length > 0,
  }
}
