import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Queryable } from '@/lib/server/db/client'
import { settings } from '@/lib/server/db/schema/settings'

const KEY = 'rollups'

const stored = z.object({ minuteMs: z.number(), hourMs: z.number() })

/**
 * How far rollups are complete: before `minuteMs` minutes stand in for 10 s windows, before `hourMs` hours for
 * minutes. Reads take coarse rows before and fine rows after, so a chart is exact even while no controller runs.
 */
export type Watermark = z.infer<typeof stored>

const NOTHING_YET: Watermark = { minuteMs: 0, hourMs: 0 }

export async function readWatermark(db: Pick<Queryable, 'select'>): Promise<Watermark> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, KEY))
  return row ? stored.parse(row.value) : NOTHING_YET
}

export async function writeWatermark(db: Pick<Queryable, 'insert'>, value: Watermark): Promise<void> {
  await db
    .insert(settings)
    .values({ key: KEY, value, updatedAt: new Date() })
    .onConflictDoUpdate({ target: settings.key, set: { value, updatedAt: new Date() } })
}
