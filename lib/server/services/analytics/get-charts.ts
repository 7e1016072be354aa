import type { z } from 'zod'
import { canSeeEndpoint } from '@/lib/domain/access/rights'
import type { chartInput, recordsInput } from '@/lib/domain/analytics/inputs'
import { resolveWindow } from '@/lib/domain/analytics/range'
import type {
  HardwareCharts,
  NativeCharts,
  ReplicaCharts,
  RequestCharts,
  RequestRecordPage,
} from '@/lib/domain/analytics/view'
import { ok, type Result } from '@/lib/domain/result'
import { providerSource } from '../connections/provider-source'
import type { Context } from '../context'
import type { EndpointRow } from '../endpoints/find-endpoint'
import { namedRefOf } from '../endpoints/named-ref'
import { requireEndpoint } from '../endpoints/require-endpoint'
import { readRevision } from '../endpoints/revision-rows'
import { bucketsFor, type Window } from './buckets'
import { hardwareChartsOf } from './hardware-charts'
import { nativeChartsOf } from './native-charts'
import { replicaChartsOf } from './replica-charts'
import { filterOf, requestChartsOf } from './request-charts'
import { requestRecordsOf } from './request-records'
import { readWatermark, type Watermark } from './watermark'

type Input = z.output<typeof chartInput>
type Asked = { endpoint: EndpointRow; window: Window; nowMs: number }

/** The endpoint the charts are of, and the window in milliseconds: a preset ends now. */
async function asked(ctx: Context, input: Input): Promise<Result<Asked>> {
  const found = await requireEndpoint(ctx, input, canSeeEndpoint, 'see its analytics')
  if (!found.ok) return found
  const nowMs = Date.now()
  return ok({ endpoint: found.data.endpoint, window: resolveWindow(input, nowMs), nowMs })
}

const watermark = ({ db, once }: Context): Promise<Watermark> =>
  once ? once('watermark', () => readWatermark(db)) : readWatermark(db)

/** Requests, latency, waiting and bytes over time. */
export async function getRequestCharts(ctx: Context, input: Input): Promise<Result<RequestCharts>> {
  const [found, mark] = await Promise.all([asked(ctx, input), watermark(ctx)])
  if (!found.ok) return found
  const { endpoint, window, nowMs } = found.data
  const view = { mark, period: input.period, ...(input.since === undefined ? {} : { sinceMs: input.since }) }
  return ok(await requestChartsOf(ctx.db, endpoint.id, window, filterOf(input), nowMs, view))
}

/** Replicas over time, and what changed when. */
export async function getReplicaCharts(ctx: Context, input: Input): Promise<Result<ReplicaCharts>> {
  const found = await asked(ctx, input)
  if (!found.ok) return found
  const { endpoint, window, nowMs } = found.data
  const revision = await readRevision(ctx.db, endpoint.id, endpoint.revision)
  const max = revision?.spec.hardware.scaling.maxReplicas ?? 0
  return ok(await replicaChartsOf(ctx.db, endpoint.id, max, bucketsFor(window, nowMs), nowMs))
}

/** CPU and memory over time, per replica. */
export async function getHardwareCharts(ctx: Context, input: Input): Promise<Result<HardwareCharts>> {
  const [found, mark] = await Promise.all([asked(ctx, input), watermark(ctx)])
  if (!found.ok) return found
  const { endpoint, window, nowMs } = found.data
  return ok(await hardwareChartsOf(ctx.db, endpoint.id, bucketsFor(window, nowMs), nowMs, { mark }))
}

/** What the endpoint's provider measured itself, where it does. */
export async function getNativeCharts(ctx: Context, input: Input): Promise<Result<NativeCharts>> {
  const found = await asked(ctx, input)
  if (!found.ok) return found
  const { endpoint, window, nowMs } = found.data
  // An account that is gone is told where it is needed; here it only means that there is nothing to show.
  const provider = await providerSource(ctx.db)
    .of(endpoint)
    .catch(() => undefined)
  const ref = namedRefOf(endpoint)
  return await nativeChartsOf(provider, ref, bucketsFor(window, nowMs), nowMs)
}

/** Single requests that were kept. */
export async function listRequestRecords(
  ctx: Context,
  input: z.output<typeof recordsInput>,
): Promise<Result<RequestRecordPage>> {
  const found = await asked(ctx, input)
  if (!found.ok) return found
  const { endpoint, window, nowMs } = found.data
  return ok(await requestRecordsOf(ctx.db, endpoint.id, window, input, nowMs))
}
