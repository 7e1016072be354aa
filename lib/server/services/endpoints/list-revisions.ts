import { desc, eq } from 'drizzle-orm'
import { canSeeEndpoint } from '@/lib/domain/access/rights'
import type { EndpointRefInput } from '@/lib/domain/endpoint/inputs'
import { endpointSpec } from '@/lib/domain/endpoint/spec'
import type { RevisionView } from '@/lib/domain/endpoint/view'
import { ok, type Result } from '@/lib/domain/result'
import { revisions } from '@/lib/server/db/schema/revisions'
import type { Context } from '../context'
import { peopleById } from './people'
import { requireEndpoint } from './require-endpoint'

/** Every version of the spec, newest first. Secrets: names only. */
export async function listRevisions(
  ctx: Context,
  input: EndpointRefInput,
): Promise<Result<{ items: RevisionView[] }>> {
  const found = await requireEndpoint(ctx, input, canSeeEndpoint, 'see this endpoint')
  if (!found.ok) return found
  const rows = await ctx.db
    .select()
    .from(revisions)
    .where(eq(revisions.endpointId, found.data.endpoint.id))
    .orderBy(desc(revisions.number))
  const people = await peopleById(
    ctx.db,
    rows.map(row => row.createdBy),
  )
  const items = rows.map(row => ({
    number: row.number,
    createdAt: row.createdAt.toISOString(),
    createdBy: people.get(row.createdBy) ?? null,
    summary: row.summary,
    spec: endpointSpec.parse(row.spec),
  }))
  return ok({ items })
}
