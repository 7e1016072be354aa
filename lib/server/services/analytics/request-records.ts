import { and, asc, desc, eq, gte, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { RecordFilter } from '@/lib/domain/analytics/inputs'
import type { RequestRecordPage } from '@/lib/domain/analytics/view'
import type { Database } from '@/lib/server/db/client'
import { requestRecords } from '@/lib/server/db/schema/request-records'
import { MERGED_UUID } from '@/lib/server/db/schema/request-rollups'
import { bucketsFor, type Window } from './buckets'
import { countRequests } from './count-requests'
import { recordViews } from './record-views'

const PAGE = 50

function conditions(endpointId: string, window: Window, filter: RecordFilter): SQL[] {
  const when = [gte(requestRecords.at, new Date(window.fromMs)), lt(requestRecords.at, new Date(window.toMs))]
  const all = [eq(requestRecords.endpointId, endpointId), ...when]
  if (typeof filter.status === 'number') all.push(eq(requestRecords.status, filter.status))
  if (typeof filter.status === 'string') {
    const first = Number(filter.status[0]) * 100
    all.push(gte(requestRecords.status, first), lt(requestRecords.status, first + 100))
  }
  if (filter.minMs !== undefined) all.push(gte(requestRecords.totalUs, filter.minMs * 1000))
  if (filter.revision !== undefined) all.push(eq(requestRecords.revision, filter.revision))
  if (filter.replica !== undefined) all.push(eq(requestRecords.replicaId, filter.replica))
  if (filter.token === MERGED_UUID) all.push(isNull(requestRecords.tokenId))
  else if (filter.token !== undefined) all.push(eq(requestRecords.tokenId, filter.token))
  if (filter.requestId !== undefined) all.push(eq(requestRecords.requestId, filter.requestId))
  if (filter.before !== undefined) {
    const [at, id] = splitCursor(filter.before)
    all.push(sql`(${requestRecords.at}, ${requestRecords.requestId}) < (${at}::timestamptz, ${id})`)
  }
  return all
}

/** `<time>~<request id>`: where the page before ended. */
function splitCursor(cursor: string): [string, string] {
  const cut = cursor.indexOf('~')
  const at = cursor.slice(0, cut)
  return Number.isNaN(Date.parse(at)) ? [new Date().toISOString(), ''] : [at, cursor.slice(cut + 1)]
}

/** Kept request records of a window, newest or slowest first, and how many requests they stand for. */
export async function requestRecordsOf(
  db: Database,
  endpointId: string,
  window: Window,
  filter: RecordFilter,
  nowMs: number,
): Promise<RequestRecordPage> {
  const newest = filter.sort === 'newest'
  const [rows, counted] = await Promise.all([
    db
      .select()
      .from(requestRecords)
      .where(and(...conditions(endpointId, window, filter)))
      .orderBy(
        ...(newest
          ? [desc(requestRecords.at), desc(requestRecords.requestId)]
          : [desc(requestRecords.totalUs), asc(requestRecords.requestId)]),
      )
      .limit(PAGE + 1),
    countRequests(db, endpointId, bucketsFor(window, nowMs)),
  ])
  const page = rows.slice(0, PAGE)
  const last = page.at(-1)
  return {
    records: await recordViews(db, page),
    nextCursor: newest && rows.length > PAGE && last ? `${last.at.toISOString()}~${last.requestId}` : null,
    ...counted,
  }
}
