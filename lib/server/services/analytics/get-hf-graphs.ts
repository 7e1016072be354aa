import type { z } from 'zod'
import { type metricsParams, toHfGraphs } from '@/lib/domain/analytics/hf-graphs'
import { chartInput } from '@/lib/domain/analytics/inputs'
import { parseHf } from '@/lib/domain/endpoint/hf-compat-body'
import type { EndpointRefInput } from '@/lib/domain/endpoint/inputs'
import { ok, type Result } from '@/lib/domain/result'
import type { Context } from '../context'
import { getHardwareCharts, getReplicaCharts, getRequestCharts } from './get-charts'

/** All graphs of HF's API over a window: what our own charts show of it. */
export async function getHfGraphs(
  ctx: Context,
  ref: EndpointRefInput,
  { start, stop }: z.output<typeof metricsParams>,
): Promise<Result<ReturnType<typeof toHfGraphs>>> {
  const input = parseHf(chartInput, { ...ref, from: Date.parse(start), to: Date.parse(stop) })
  if (!input.ok) return input
  const requests = await getRequestCharts(ctx, input.data)
  if (!requests.ok) return requests
  const replicas = await getReplicaCharts(ctx, input.data)
  if (!replicas.ok) return replicas
  const hardware = await getHardwareCharts(ctx, input.data)
  return hardware.ok ? ok(toHfGraphs(requests.data, replicas.data, hardware.data)) : hardware
}
