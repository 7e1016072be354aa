import { eq } from 'drizzle-orm'
import { canSeeEndpoint } from '@/lib/domain/access/rights'
import type { EndpointRefInput } from '@/lib/domain/endpoint/inputs'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { fail, ok, type Result } from '@/lib/domain/result'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import type { Context } from '../context'
import { peopleById } from './people'
import { readReplicaViews } from './replica-views'
import { requireEndpoint } from './require-endpoint'
import { readSummaries } from './summary'

/** One endpoint whole: spec, status, replicas, last 24 hours. A deleted one is found by its id. */
export async function getEndpoint(ctx: Context, input: EndpointRefInput): Promise<Result<EndpointDetail>> {
  const withWord = await getEndpointWithWord(ctx, input)
  return withWord.ok ? ok(withWord.data.endpoint) : withWord
}

/** The same, with HF's `type` word as it was sent; only the HF-compatible API speaks it. */
export async function getEndpointWithWord(
  ctx: Context,
  input: EndpointRefInput,
): Promise<Result<{ endpoint: EndpointDetail; sentType: string | null }>> {
  const found = await requireEndpoint(ctx, input, canSeeEndpoint, 'see this endpoint')
  if (!found.ok) return found
  const { id, createdBy, updatedBy } = found.data.endpoint
  const [[summarized], replicas, people] = await Promise.all([
    readSummaries(ctx.db, found.data.team.slug, eq(endpoints.id, id)),
    readReplicaViews(ctx.db, id),
    peopleById(ctx.db, [createdBy, updatedBy]),
  ])
  if (!summarized) return fail('not_found', `There is no endpoint “${input.endpoint}” in this team.`)
  const { row, spec, summary, sentType } = summarized
  const endpoint: EndpointDetail = {
    ...summary,
    spec,
    createdBy: people.get(createdBy) ?? null,
    updatedBy: people.get(updatedBy) ?? null,
    upstreamUrl: row.upstreamUrl,
    privateService: row.privateService,
    replicas,
  }
  return ok({ endpoint, sentType })
}
