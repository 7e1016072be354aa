import { chartInput } from '@/lib/domain/analytics/inputs'
import { findReplicas } from '@/lib/processes/controller/logs/find-replicas'
import { getNativeCharts } from '@/lib/server/services/analytics/get-charts'
import { providerSource } from '@/lib/server/services/connections/provider-source'
import type { Context } from '@/lib/server/services/context'
import { namedRefOf } from '@/lib/server/services/endpoints/named-ref'
import { readLogs } from './provider-logs'
import { expectOk } from './specs'

/**
 * What an endpoint at a provider shows besides its state: what its only replica wrote, asked for as the collector
 * does, and what the provider measured, as its page has it. For an endpoint that runs the stub.
 */
export async function watched(ctx: Context, of: { team: string; endpoint: string; id: string }) {
  const [replica] = (await findReplicas(ctx.db)).filter(({ endpointId }) => endpointId === of.id)
  if (!replica) return { hasLines: false, hasMetrics: false }
  const { id: replicaId, name: replicaName, endpointName: name, providerName, isReadOnly } = replica
  const provider = await providerSource(ctx.db).of(replica)
  const ref = { ...namedRefOf({ id: of.id, name, providerName, isReadOnly }), replicaId, replicaName }
  const { texts } = await readLogs({ provider, ref })
  const { team, endpoint } = of
  const native = expectOk(await getNativeCharts(ctx, chartInput.parse({ team, endpoint, range: '15m' })))
  const values = native.charts.flatMap(({ series }) => series.flatMap(({ values }) => values))
  return {
    hasLines: texts.some(text => text.startsWith('stub: listening')),
    hasMetrics: values.some(value => value !== null && value > 0),
  }
}
