import { and, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { canListEndpoints, canSeeEndpoint } from '@/lib/domain/access/rights'
import { classOf, errorShare } from '@/lib/domain/analytics/prepare-requests'
import { resolveWindow } from '@/lib/domain/analytics/range'
import type { EndpointFigures, TeamAnalytics, teamAnalyticsInput } from '@/lib/domain/analytics/team-view'
import { Sketch } from '@/lib/domain/latency/sketch'
import { costUsd, idleHours, type LedgerInterval, unpricedHours } from '@/lib/domain/money/ledger'
import { ok, type Result } from '@/lib/domain/result'
import type { Database } from '@/lib/server/db/client'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { replicaIntervals } from '@/lib/server/db/schema/replica-intervals'
import { requestRollups } from '@/lib/server/db/schema/request-rollups'
import { requireTeam } from '../access/require-team'
import type { Context } from '../context'
import { bucketsFor, type Window } from './buckets'
import { inSegment, type Segment, segmentsOf } from './segments'
import { readWatermark } from './watermark'
import { wholeEndpoint } from './whole-endpoint'

const HOUR_SECONDS = 3600

/** In how long windows somebody must have asked for a replica not to be idle: never longer than an hour. */
function grainFor(window: Window, nowMs: number) {
  const { stepSeconds } = bucketsFor(window, nowMs)
  const grainSeconds = Math.min(stepSeconds, HOUR_SECONDS)
  const grainMs = grainSeconds * 1000
  const fromMs = Math.ceil(window.fromMs / grainMs) * grainMs
  const toMs = Math.floor(window.toMs / grainMs) * grainMs + grainMs
  return { fromMs, toMs, stepSeconds: grainSeconds, count: Math.round((toMs - fromMs) / grainMs) }
}

type Measured = { requests: number; statuses: Record<string, number>; total: Sketch; busy: Set<number> }

/** Every endpoint of a team over one window: what it did, what it cost, and when nobody asked. */
export async function getTeamAnalytics(
  ctx: Context,
  input: z.output<typeof teamAnalyticsInput>,
): Promise<Result<TeamAnalytics>> {
  const team = await requireTeam(ctx, input.team, canListEndpoints, 'see its analytics')
  if (!team.ok) return team
  const nowMs = Date.now()
  const window = resolveWindow(input, nowMs)
  const all = await ctx.db
    .select({
      id: endpoints.id,
      name: endpoints.name,
      teamId: endpoints.teamId,
      removedAt: endpoints.removedAt,
    })
    .from(endpoints)
    .where(
      and(
        eq(endpoints.teamId, team.data.id),
        or(isNull(endpoints.removedAt), gt(endpoints.removedAt, new Date(window.fromMs))),
      ),
    )
  const shown = all.filter(endpoint => canSeeEndpoint(ctx.actor, endpoint))
  if (shown.length === 0) return ok({ items: [] })
  const frame = grainFor(window, nowMs)
  const span = { fromMs: frame.fromMs, toMs: Math.min(frame.toMs, nowMs) }
  const ids = shown.map(({ id }) => id)
  const [measured, ledger] = await Promise.all([measuredOf(ctx.db, ids, frame), ledgerOf(ctx.db, ids, span)])
  const items = shown.map(({ id, name, removedAt }) => ({
    id,
    name,
    isDeleted: removedAt !== null,
    ...figuresOf(measured.get(id), ledger.get(id) ?? [], span, frame.stepSeconds * 1000),
  }))
  // A deleted endpoint that did nothing in this window is of no interest; what it cost stays in the sum.
  const counts = ({ id, isDeleted, requests }: (typeof items)[number]) =>
    !isDeleted || requests > 0 || ledger.has(id)
  return ok({ items: items.filter(counts) })
}

function figuresOf(
  measured: Measured | undefined,
  intervals: LedgerInterval[],
  span: Window,
  grainMs: number,
): Omit<EndpointFigures, 'id' | 'name' | 'isDeleted'> {
  const requests = measured?.requests ?? 0
  const totals = { '2xx': 0, '3xx': 0, '4xx': 0, '5xx': 0, left: 0 }
  for (const [status, count] of Object.entries(measured?.statuses ?? {}))
    totals[classOf(Number(status))] += count
  const p95Us = measured?.total.quantile(0.95) ?? null
  const cost = costUsd(intervals, span)
  return {
    requests,
    errorShare: errorShare(totals),
    p95Ms: p95Us === null ? null : p95Us / 1000,
    costUsd: cost,
    unpricedHours: unpricedHours(intervals, span),
    costPer1000Usd: cost === null || requests === 0 ? null : (cost / requests) * 1000,
    idleHours: idleHours(intervals, span, measured?.busy ?? new Set(), grainMs),
  }
}

async function measuredOf(
  db: Database,
  ids: string[],
  frame: ReturnType<typeof grainFor>,
): Promise<Map<string, Measured>> {
  const mark = await readWatermark(db)
  const within = (segments: Segment[]) =>
    and(
      inArray(requestRollups.endpointId, ids),
      ...wholeEndpoint,
      or(...segments.map(segment => inSegment(requestRollups, segment))),
    )
  const [rows, busy] = await Promise.all([
    db
      .select({
        endpointId: requestRollups.endpointId,
        requests: requestRollups.requests,
        statusCounts: requestRollups.statusCounts,
        total: requestRollups.total,
      })
      .from(requestRollups)
      .where(within(segmentsOf(frame, mark))),
    // Finer windows and more of them, so without sketches and one row per endpoint.
    db
      .select({
        endpointId: requestRollups.endpointId,
        grains: sql<
          number[]
        >`array_agg(distinct floor(extract(epoch from ${requestRollups.windowStart})::float8 / ${frame.stepSeconds}::float8))`,
      })
      .from(requestRollups)
      .where(
        and(within(segmentsOf(frame, mark, { coarsest: frame.stepSeconds })), gt(requestRollups.requests, 0)),
      )
      .groupBy(requestRollups.endpointId),
  ])
  const grainMs = frame.stepSeconds * 1000
  const found = new Map<string, Measured>(
    ids.map(id => [id, { requests: 0, statuses: {}, total: new Sketch(), busy: new Set() }]),
  )
  for (const row of rows) {
    const entry = found.get(row.endpointId)
    if (!entry) continue
    entry.requests += row.requests
    for (const [status, count] of Object.entries(row.statusCounts ?? {}))
      entry.statuses[status] = (entry.statuses[status] ?? 0) + count
    if (row.total) entry.total.mergeEncoded(row.total)
  }
  for (const { endpointId, grains } of busy)
    for (const grain of grains) found.get(endpointId)?.busy.add(grain * grainMs)
  return found
}

async function ledgerOf(db: Database, ids: string[], span: Window): Promise<Map<string, LedgerInterval[]>> {
  const rows = await db
    .select()
    .from(replicaIntervals)
    .where(
      and(
        inArray(replicaIntervals.endpointId, ids),
        lt(replicaIntervals.startedAt, new Date(span.toMs)),
        or(isNull(replicaIntervals.endedAt), gt(replicaIntervals.endedAt, new Date(span.fromMs))),
      ),
    )
  const found = new Map<string, LedgerInterval[]>()
  for (const row of rows) {
    const list = found.get(row.endpointId) ?? []
    found.set(row.endpointId, list)
    list.push({
      state: row.state,
      fromMs: row.startedAt.getTime(),
      toMs: row.endedAt?.getTime() ?? null,
      priceUsdPerHour: row.priceUsdPerHour,
    })
  }
  return found
}
