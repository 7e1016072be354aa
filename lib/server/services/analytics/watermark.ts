import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Queryable } from '@/lib/server/db/client'
import { settings } from '@/lib/server/db/schema/settings'

const KEY = 'rollups'

const stored = z.record(z.string().regex(/^\d+$/), z.number())

/**
 * How far rollups are complete, by resolution: before `mark[60]` minutes stand in for 10 s windows, and so on. Reads
 * take coarse rows before and fine rows after, so a chart is exact even while no controller runs.
 */
export type Watermark = { readonly [resolution: number]: number }

export async function readWatermark(db: Pick<Queryable, 'select'>): Promise<Watermark> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, KEY))
  return row ? stored.parse(row.value) : {}
}

export async function writeWatermark(db: Pick<Queryable, 'insert'>, value: Watermark): Promise<void> {
  await db
    .insert(settings)
    .values({ key: KEY, value, updatedAt: new Date() })
    .onConflictDoUpdate({ target: settings.key, set: { value, updatedAt: new Date() } })
}
