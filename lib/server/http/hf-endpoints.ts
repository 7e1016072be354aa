import type { z } from 'zod'
import { toHfEndpoint } from '@/lib/domain/endpoint/hf-compat-output'
import type { listEndpointsInput } from '@/lib/domain/endpoint/inputs'
import { ok, type Result } from '@/lib/domain/result'
import type { Context } from '@/lib/server/services/context'
import { listSummarized } from '@/lib/server/services/endpoints/list-endpoints'
import { peopleById } from '@/lib/server/services/endpoints/people'

/** A team's endpoints as HF's objects. */
export async function readHfEndpoints(
  ctx: Context,
  input: z.output<typeof listEndpointsInput>,
): Promise<Result<unknown[]>> {
  const found = await listSummarized(ctx, input)
  if (!found.ok) return found
  const people = await peopleById(
    ctx.db,
    found.data.flatMap(({ row }) => [row.createdBy, row.updatedBy]),
  )
  const items = found.data.map(({ row, spec, sentType, summary, type }) =>
    toHfEndpoint(
      {
        ...summary,
        spec,
        privateService: row.privateService,
        upstreamUrl: row.upstreamUrl,
        createdBy: people.get(row.createdBy) ?? null,
        updatedBy: people.get(row.updatedBy) ?? null,
      },
      sentType,
      type,
    ),
  )
  return ok(items)
}
