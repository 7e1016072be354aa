import type { Buckets } from '@/lib/domain/analytics/range'
import type { NativeCharts } from '@/lib/domain/analytics/view'
import { PROVIDER_LABELS } from '@/lib/domain/hardware/provider'
import { fail, ok, type Result } from '@/lib/domain/result'
import { type NamedRef, type NativeMetric, type Provider, ProviderError } from '@/lib/server/providers/port'
import { providerErrorCode } from '../endpoints/provider-error-code'

const TIMEOUT_MS = 10_000

/** A provider's own metrics in the buckets of our charts; without a source where it has none. */
export async function nativeChartsOf(
  provider: Provider | undefined,
  ref: NamedRef,
  buckets: Buckets,
  nowMs: number,
): Promise<Result<NativeCharts>> {
  const frame = { ...buckets, nowMs }
  if (!provider?.capabilities.nativeMetrics || !provider.metrics)
    return ok({ ...frame, source: null, charts: [] })
  try {
    const measured = await provider.metrics(ref, buckets, AbortSignal.timeout(TIMEOUT_MS))
    const charts = measured.map(metric => ({
      title: metric.title,
      unit: metric.unit,
      series: metric.series.map(({ name, points }) => ({ name, values: inBuckets(points, buckets) })),
    }))
    return ok({ ...frame, source: PROVIDER_LABELS[provider.kind], charts })
  } catch (error) {
    if (error instanceof ProviderError) return fail(providerErrorCode(error.code), error.message)
    throw error
  }
}

/** The mean of what lies in a bucket; nothing there: a gap. */
function inBuckets(
  points: NativeMetric['series'][number]['points'],
  { fromMs, stepSeconds, count }: Buckets,
): (number | null)[] {
  const sums = Array.from({ length: count }, () => ({ sum: 0, points: 0 }))
  for (const { atMs, value } of points) {
    const bucket = sums[Math.floor((atMs - fromMs) / (stepSeconds * 1000))]
    if (!bucket || value === null) continue
    bucket.sum += value
    bucket.points++
  }
  return sums.map(({ sum, points }) => (points === 0 ? null : sum / points))
}
