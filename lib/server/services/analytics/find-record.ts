import { and, desc, eq } from 'drizzle-orm'
import type { RequestRecordView } from '@/lib/domain/analytics/view'
import type { Queryable } from '@/lib/server/db/client'
import { requestRecords } from '@/lib/server/db/schema/request-records'
import { recordViews } from './record-views'

/** The kept record of one request, whenever it was; the newest where a client used an id twice. */
export async function findRecord(
  db: Pick<Queryable, 'select'>,
  endpointId: string,
  requestId: string,
): Promise<RequestRecordView | null> {
  const rows = await db
    .select()
    .from(requestRecords)
    .where(and(eq(requestRecords.endpointId, endpointId), eq(requestRecords.requestId, requestId)))
    .orderBy(desc(requestRecords.at))
    .limit(1)
  const [view] = await recordViews(db, rows)
  return view ?? null
}
