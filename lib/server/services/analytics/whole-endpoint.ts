import { eq, type SQL } from 'drizzle-orm'
import { MERGED_UUID, requestRollups } from '@/lib/server/db/schema/request-rollups'

/** The one row per window that is merged over all revisions, replicas and codes. */
export const wholeEndpoint: SQL[] = [
  eq(requestRollups.revision, 0),
  eq(requestRollups.replicaId, MERGED_UUID),
  eq(requestRollups.status, 0),
]
