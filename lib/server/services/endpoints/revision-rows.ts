import { and, eq } from 'drizzle-orm'
import { type EndpointSpec, endpointSpec } from '@/lib/domain/endpoint/spec'
import type { Queryable } from '@/lib/server/db/client'
import { revisions } from '@/lib/server/db/schema/revisions'

type Row = typeof revisions.$inferSelect

/** One revision with its spec parsed: what an older Slipway stored is an edge like any other. */
export async function readRevision(
  db: Pick<Queryable, 'select'>,
  endpointId: string,
  number: number,
): Promise<(Row & { spec: EndpointSpec }) | null> {
  const [row] = await db
    .select()
    .from(revisions)
    .where(and(eq(revisions.endpointId, endpointId), eq(revisions.number, number)))
  return row ? { ...row, spec: endpointSpec.parse(row.spec) } : null
}
