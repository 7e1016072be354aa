import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Queryable } from '@/lib/server/db/client'
import { settings } from '@/lib/server/db/schema/settings'
import { FINEST } from './resolutions'

const MARKS = 'rollups'
const GONE = 'rollups-gone'

const stored = z.record(z.string().regex(/^\d+$/), z.number())

/**
 * How far rollups are complete, by resolution: before `mark[60]` minutes stand in for 10 s windows, and so on. Reads
 * take coarse rows before and fine rows after, so a chart is exact even while no controller runs.
 */
export type Watermark = { readonly [resolution: number]: number }

export const readWatermark = (db: Pick<Queryable, 'select'>): Promise<Watermark> => read(db, MARKS)
export const writeWatermark = (db: Pick<Queryable, 'insert'>, value: Watermark): Promise<void> =>
  write(db, MARKS, value)

/** Before this, 10 s windows are gone: what comes late for that time cannot be added up any more. */
export async function readGoneBefore(db: Pick<Queryable, 'select'>): Promise<number> {
  return (await read(db, GONE))[FINEST] ?? 0
}
export const writeGoneBefore = (db: Pick<Queryable, 'insert'>, goneMs: number): Promise<void> =>
  write(db, GONE, { [FINEST]: goneMs })

async function read(db: Pick<Queryable, 'select'>, key: string): Promise<Watermark> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, key))
  return row ? stored.parse(row.value) : {}
}

async function write(db: Pick<Queryable, 'insert'>, key: string, value: Watermark): Promise<void> {
  await db
    .insert(settings)
    .values({ key, value, updatedAt: new Date() })
    .onConflictDoUpdate({ target: settings.key, set: { value, updatedAt: new Date() } })
}
