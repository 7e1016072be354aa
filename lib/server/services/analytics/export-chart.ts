import { Readable } from 'node:stream'
import { canSeeEndpoint } from '@/lib/domain/access/rights'
import {
  CHART_TITLES,
  hardwareChart,
  REQUEST_CHARTS,
  type RequestChartKey,
} from '@/lib/domain/analytics/chart-of'
import { chartWriter } from '@/lib/domain/analytics/export'
import type { ExportInput } from '@/lib/domain/analytics/inputs'
import { prepareRunning } from '@/lib/domain/analytics/prepare-replicas'
import type { PreparedChart } from '@/lib/domain/analytics/prepared'
import { type Buckets, MAX_POINTS, resolveWindow } from '@/lib/domain/analytics/range'
import type { RequestCharts } from '@/lib/domain/analytics/view'
import { ok, type Result } from '@/lib/domain/result'
import type { Database } from '@/lib/server/db/client'
import type { Context } from '../context'
import { requireEndpoint } from '../endpoints/require-endpoint'
import { bucketsFor, finestBuckets, type Window } from './buckets'
import { hardwareChartsOf } from './hardware-charts'
import { replicaChartsOf } from './replica-charts'
import { before, filterOf, requestChartsIn, requestFrame } from './request-charts'
import { FINEST, FINEST_OF_TOKENS } from './resolutions'

export type ChartFile = { body: Readable; fileName: string; contentType: string }

/**
 * A chart at full resolution: what the page draws in at most 300 points, in the finest windows that are kept of all
 * of its time. Read and written piece by piece, each as large as a drawn chart, however long the time is.
 */
export async function exportChart(
  ctx: Context,
  input: ExportInput,
  nowMs = Date.now(),
): Promise<Result<ChartFile>> {
  const found = await requireEndpoint(ctx, input, canSeeEndpoint, 'see its analytics')
  if (!found.ok) return found
  const { endpoint } = found.data
  const source = await sourceOf({ db: ctx.db, endpointId: endpoint.id, input, nowMs })
  const json = input.format === 'json'
  return ok({
    // Bytes, not strings: what comes out is a response's body.
    body: Readable.from(written(source, input), { objectMode: false }),
    fileName: `${endpoint.name}-${input.chart}.${input.format}`,
    contentType: json ? 'application/json' : 'text/csv; charset=utf-8',
  })
}

/** `drawn` names the columns: a status code that is first seen while the file is written is of a later one. */
type Source = { drawn: PreparedChart; finest: Buckets; read: (piece: Buckets) => Promise<PreparedChart> }

async function* written({ drawn, finest, read }: Source, { chart, format }: ExportInput) {
  const { head, rows, tail } = chartWriter(
    format,
    { ...drawn, stepSeconds: finest.stepSeconds },
    CHART_TITLES[chart],
  )
  yield head
  for (const piece of piecesOf(finest)) yield rows((await read(piece)).points)
  if (tail !== '') yield tail
}

function* piecesOf({ fromMs, toMs, stepSeconds }: Buckets): Generator<Buckets> {
  const stepMs = stepSeconds * 1000
  for (let at = fromMs; at < toMs; at += MAX_POINTS * stepMs) {
    const end = Math.min(at + MAX_POINTS * stepMs, toMs)
    yield { fromMs: at, toMs: end, stepSeconds, count: (end - at) / stepMs }
  }
}

type Asked = { db: Database; endpointId: string; input: ExportInput; nowMs: number }

async function sourceOf(asked: Asked): Promise<Source> {
  const { chart } = asked.input
  const window = resolveWindow(asked.input, asked.nowMs)
  switch (chart) {
    case 'running':
    case 'cpu':
    case 'memory':
    case 'gpu':
    case 'gpu-memory':
      return await replicaSource(asked, window, chart)
    default:
      return await requestSource(asked, window, chart)
  }
}

async function requestSource(
  { db, endpointId, input, nowMs }: Asked,
  window: Window,
  key: RequestChartKey,
): Promise<Source> {
  const filter = filterOf(input)
  const period = input.compare ? 'now' : 'alone'
  const frame = requestFrame(window, filter, nowMs, period)
  const spanMs = frame.toMs - frame.fromMs
  const readBoth = (buckets: Buckets) =>
    Promise.all([
      requestChartsIn(db, endpointId, buckets, filter, nowMs),
      input.compare ? requestChartsIn(db, endpointId, before(buckets, spanMs), filter, nowMs) : undefined,
    ])
  const [drawn, drawnBefore] = await readBoth(frame)
  const limits = {
    minStep: filter.tokenId === undefined ? FINEST : FINEST_OF_TOKENS,
    backMs: input.compare ? spanMs : 0,
  }
  return {
    drawn: REQUEST_CHARTS[key](drawn, drawnBefore, input),
    finest: finestBuckets(frame, nowMs, limits),
    read: async piece => {
      const [now, then] = await readBoth(piece)
      return REQUEST_CHARTS[key](
        withCodesOf(drawn, now),
        then && drawnBefore && withCodesOf(drawnBefore, then),
        input,
      )
    },
  }
}

/** A piece with every status code of the whole: one that does not occur in it counts none, not nothing. */
const withCodesOf = (whole: RequestCharts, piece: RequestCharts): RequestCharts => ({
  ...piece,
  statuses: whole.statuses.map(
    ({ status }) =>
      piece.statuses.find(entry => entry.status === status) ?? {
        status,
        counts: new Array<number>(piece.count).fill(0),
      },
  ),
})

async function replicaSource(
  { db, endpointId, input, nowMs }: Asked,
  window: Window,
  key: Exclude<ExportInput['chart'], RequestChartKey>,
): Promise<Source> {
  const frame = bucketsFor(window, nowMs)
  const finest = finestBuckets(frame, nowMs)
  if (key === 'running') {
    const read = async (piece: Buckets) =>
      prepareRunning(await replicaChartsOf(db, endpointId, 0, piece, nowMs))
    return { drawn: await read(frame), finest, read }
  }
  const look = { replica: input.replica ?? null, per: input.per }
  const drawn = await hardwareChartsOf(db, endpointId, frame, nowMs)
  const ids = drawn.replicas.map(({ replicaId }) => replicaId)
  return {
    drawn: hardwareChart(key, drawn, look),
    finest,
    read: async piece =>
      hardwareChart(key, await hardwareChartsOf(db, endpointId, piece, nowMs, { wanted: ids }), look),
  }
}
