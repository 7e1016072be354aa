import { and, eq, gte, inArray, lt, or, type SQL } from 'drizzle-orm'
import { Sketch } from '@/lib/domain/latency/sketch'
import type { Queryable } from '@/lib/server/db/client'
import { MERGED_UUID, requestRollups } from '@/lib/server/db/schema/request-rollups'
import { readWatermark, type Watermark } from '../analytics/watermark'

const HOUR_MS = 3_600_000
const HOURS = 24

/** What an endpoint did in the last 24 hours. `p95Us` is null without requests; `hourly` is oldest first. */
export type Activity = { requests: number; p95Us: number | null; hourly: number[] }

export const noActivity = (): Activity => ({ requests: 0, p95Us: null, hourly: Array(HOURS).fill(0) })

/**
 * Activity of many endpoints at once. Closed hours come from hourly rows, what is not rolled up yet from minutes
 * and 10 s rows: a few dozen rows per endpoint, whatever its traffic.
 */
export async function activityOf(
  db: Pick<Queryable, 'select'>,
  endpointIds: readonly string[],
  now = new Date(),
): Promise<Map<string, Activity>> {
  const found = new Map<string, { activity: Activity; latency: Sketch }>()
  if (endpointIds.length === 0) return new Map()
  const toMs = now.getTime()
  const fromMs = Math.floor(toMs / 60_000) * 60_000 - HOURS * HOUR_MS
  const rows = await db
    .select({
      endpointId: requestRollups.endpointId,
      windowStart: requestRollups.windowStart,
      requests: requestRollups.requests,
      total: requestRollups.total,
    })
    .from(requestRollups)
    .where(
      and(
        inArray(requestRollups.endpointId, [...endpointIds]),
        eq(requestRollups.revision, 0),
        eq(requestRollups.replicaId, MERGED_UUID),
        eq(requestRollups.status, 0),
        or(...segments(fromMs, toMs, await readWatermark(db))),
      ),
    )
  for (const row of rows) {
    const entry = found.get(row.endpointId) ?? { activity: noActivity(), latency: new Sketch() }
    found.set(row.endpointId, entry)
    const hour = Math.min(HOURS - 1, Math.floor((row.windowStart.getTime() - fromMs) / HOUR_MS))
    entry.activity.requests += row.requests
    entry.activity.hourly[hour] = (entry.activity.hourly[hour] ?? 0) + row.requests
    if (row.total) entry.latency.mergeEncoded(row.total)
  }
  return new Map(
    [...found].map(([id, { activity, latency }]) => [id, { ...activity, p95Us: latency.quantile(0.95) }]),
  )
}

/** Minutes up to the first full hour, hours as far as they are complete, then minutes, then 10 s windows. */
function segments(fromMs: number, toMs: number, mark: Watermark): SQL[] {
  const firstHour = Math.ceil(fromMs / HOUR_MS) * HOUR_MS
  const hoursTo = Math.max(firstHour, Math.min(mark.hourMs, toMs))
  const minutesTo = Math.min(mark.minuteMs, toMs)
  const spans: [resolution: number, fromMs: number, toMs: number][] = [
    [60, fromMs, Math.min(firstHour, minutesTo)],
    [3600, firstHour, Math.min(hoursTo, mark.hourMs)],
    [60, hoursTo, minutesTo],
    [10, Math.max(fromMs, minutesTo), toMs + 60_000],
  ]
  return spans.flatMap(([resolution, from, to]) => {
    if (to <= from) return []
    const part = and(
      eq(requestRollups.resolution, resolution),
      gte(requestRollups.windowStart, new Date(from)),
      lt(requestRollups.windowStart, new Date(to)),
    )
    return part ? [part] : []
  })
}
