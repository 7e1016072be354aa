import { and, inArray, or } from 'drizzle-orm'
import { Sketch } from '@/lib/domain/latency/sketch'
import type { Queryable } from '@/lib/server/db/client'
import { requestRollups } from '@/lib/server/db/schema/request-rollups'
import { inSegment, segmentsOf } from '../analytics/segments'
import { readWatermark } from '../analytics/watermark'
import { wholeEndpoint } from '../analytics/whole-endpoint'

const HOUR_MS = 3_600_000
const HOURS = 24

/** What an endpoint did in the last 24 hours. `p95Us` is null without requests; `hourly` is oldest first. */
export type Activity = { requests: number; p95Us: number | null; hourly: number[] }

export const noActivity = (): Activity => ({ requests: 0, p95Us: null, hourly: Array(HOURS).fill(0) })

/**
 * Activity of many endpoints at once. A few dozen rows per endpoint, whatever its traffic.
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
  const window = { fromMs, toMs: toMs + 60_000 }
  const segments = segmentsOf(window, await readWatermark(db), { coarsest: HOUR_MS / 1000 })
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
        ...wholeEndpoint,
        or(...segments.map(segment => inSegment(requestRollups, segment))),
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
