import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { canUpdateEndpoint } from '@/lib/domain/access/rights'
import type { Settlement } from '@/lib/domain/endpoint/drift'
import type { resolveDriftInput } from '@/lib/domain/endpoint/drift-view'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { ok, type Result } from '@/lib/domain/result'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import type { Context } from '../context'
import { getEndpoint } from './get-endpoint'
import { lockDrift } from './lock-drift'
import { recordResolution } from './record-resolution'
import { requireEndpoint } from './require-endpoint'

/** Has the newest revision applied again in place of what was changed outside, also where nothing is left of it. */
export async function restoreOurs(
  ctx: Context,
  input: z.output<typeof resolveDriftInput>,
): Promise<Result<EndpointDetail>> {
  const found = await requireEndpoint(ctx, input, canUpdateEndpoint, 'change this endpoint')
  if (!found.ok) return found
  const { endpoint } = found.data
  const written = await ctx.db.transaction(async tx => {
    const drifted = await lockDrift(tx, found.data, input.since)
    if (!drifted.ok) return drifted
    const { row } = drifted.data
    const { desired, revision } = row
    const settled: Settlement = {
      desired,
      revision,
      isThere: false,
      version: null,
      isCurrent: false,
      isRestoring: true,
    }
    await tx.update(endpoints).set({ settled, drift: null }).where(eq(endpoints.id, row.id))
    await recordResolution(tx, ctx.actor, drifted.data, {
      action: 'endpoint.restore',
      kind: 'driftResolved',
      words: 'Ours is put back.',
      revision,
    })
    return ok(null)
  })
  return written.ok ? getEndpoint(ctx, { team: input.team, endpoint: endpoint.id }) : written
}
