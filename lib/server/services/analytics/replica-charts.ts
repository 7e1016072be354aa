import { and, asc, desc, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { Buckets } from '@/lib/domain/analytics/range'
import type { ReplicaCharts } from '@/lib/domain/analytics/view'
import type { Database } from '@/lib/server/db/client'
import { events } from '@/lib/server/db/schema/events'
import { replicaIntervals } from '@/lib/server/db/schema/replica-intervals'
import { replicas } from '@/lib/server/db/schema/replicas'
import type { Window } from './buckets'

/** Bands beyond this are unreadable; the page says how many are left out. */
const MAX_BANDS = 24
/** Lines beyond this hide the chart. The newest are kept. */
const MAX_MARKERS = 100
/** What deserves a vertical marker: a revision was deployed, or the number of replicas changed. */
const MARKER_KINDS = [
  'created',
  'updated',
  'pauseRequested',
  'resumeRequested',
  'scaleToZeroRequested',
  'rolloutFailed',
  'replicaReady',
  'replicaExited',
  'replicaDraining',
] as const

/** Nobody asked for it: the endpoint was idle for as long as its scaling says. */
const sleeping = and(eq(events.kind, 'stateChanged'), sql`${events.data}->>'to' = 'scaledToZero'`)

async function intervalsIn(db: Database, endpointId: string, { fromMs, toMs }: Window) {
  return await db
    .select({
      replicaId: replicaIntervals.replicaId,
      state: replicaIntervals.state,
      startedAt: replicaIntervals.startedAt,
      endedAt: replicaIntervals.endedAt,
      name: replicas.name,
      revision: replicas.revision,
    })
    .from(replicaIntervals)
    .innerJoin(replicas, eq(replicas.id, replicaIntervals.replicaId))
    .where(
      and(
        eq(replicaIntervals.endpointId, endpointId),
        lt(replicaIntervals.startedAt, new Date(toMs)),
        or(isNull(replicaIntervals.endedAt), gt(replicaIntervals.endedAt, new Date(fromMs))),
      ),
    )
    .orderBy(asc(replicaIntervals.startedAt), asc(replicaIntervals.id))
}

/** Replicas over time: bands of states, running counts, and markers where somebody changed something. */
export async function replicaChartsOf(
  db: Database,
  endpointId: string,
  maxReplicas: number,
  buckets: Buckets,
  nowMs: number,
): Promise<ReplicaCharts> {
  const [rows, marks] = await Promise.all([
    intervalsIn(db, endpointId, buckets),
    db
      .select({
        at: events.at,
        message: events.message,
        revision: events.revision,
        actorKind: events.actorKind,
        actorName: events.actorName,
      })
      .from(events)
      .where(
        and(
          eq(events.endpointId, endpointId),
          or(inArray(events.kind, [...MARKER_KINDS]), sleeping),
          gt(events.at, new Date(buckets.fromMs)),
          lt(events.at, new Date(buckets.toMs)),
        ),
      )
      .orderBy(desc(events.at), desc(events.id))
      .limit(MAX_MARKERS),
  ])
  const bands = new Map<string, ReplicaCharts['bands'][number]>()
  for (const row of rows) {
    const band = bands.get(row.replicaId) ?? {
      replicaId: row.replicaId,
      name: row.name,
      revision: row.revision,
      intervals: [],
    }
    bands.set(row.replicaId, band)
    band.intervals.push({
      state: row.state,
      fromMs: row.startedAt.getTime(),
      toMs: row.endedAt?.getTime() ?? null,
    })
  }
  const running = rows.filter(row => row.state === 'running')
  const runningAt = (ms: number) =>
    running.filter(
      row => row.startedAt.getTime() <= ms && (row.endedAt === null || row.endedAt.getTime() > ms),
    ).length
  const stepMs = buckets.stepSeconds * 1000
  return {
    ...buckets,
    nowMs,
    running: Array.from({ length: buckets.count }, (_, index) =>
      runningAt(Math.min(buckets.fromMs + (index + 1) * stepMs - 1, nowMs)),
    ),
    max: maxReplicas,
    bands: [...bands.values()].slice(-MAX_BANDS),
    moreReplicas: Math.max(0, bands.size - MAX_BANDS),
    markers: marks.reverse().map(({ at, message, revision, actorKind, actorName }) => ({
      atMs: at.getTime(),
      message: actorKind === 'system' ? message : `${message} By ${actorName}.`,
      revision,
    })),
  }
}
