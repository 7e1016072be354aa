import { EMPTY_FILTER, type LogFilter } from '@/lib/domain/logs/filter'
import { fail, ok, type Result } from '@/lib/domain/result'
import type { Queryable } from '@/lib/server/db/client'
import { logReplicas } from './log-replicas'

type Asked = { replica?: string | undefined; since?: number | undefined; until?: number | undefined }

/** HF's parameters as our filter; a replica is named by its id or by the name we show. */
export async function hfFilter(
  db: Pick<Queryable, 'select'>,
  endpointId: string,
  { replica, since, until }: Asked,
): Promise<Result<LogFilter>> {
  const filter: LogFilter = { ...EMPTY_FILTER, since, until }
  if (replica === undefined) return ok(filter)
  const replicas = await logReplicas(db, endpointId)
  const found = replicas.find(({ id, name }) => id === replica || name === replica)
  if (!found) return fail('not_found', `This endpoint has no replica “${replica}”.`)
  return ok({ ...filter, replica: [found.id] })
}
