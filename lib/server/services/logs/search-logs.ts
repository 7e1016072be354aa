import type { Readable } from 'node:stream'
import type { z } from 'zod'
import { canSeeEndpoint } from '@/lib/domain/access/rights'
import type { searchLogsInput } from '@/lib/domain/logs/inputs'
import type { Result } from '@/lib/domain/result'
import type { Context } from '../context'
import { requireEndpoint } from '../endpoints/require-endpoint'
import { openLog } from './controller-door'

/** Searches the whole of what is kept and streams matches as they are found; ends with how far it came. */
export async function searchLogs(
  ctx: Context,
  input: z.output<typeof searchLogsInput>,
  signal: AbortSignal,
): Promise<Result<Readable>> {
  const found = await requireEndpoint(ctx, input, canSeeEndpoint, 'see this endpoint’s logs')
  if (!found.ok) return found
  const { before, after, order, limit } = input
  const params = {
    order,
    limit,
    from: after === undefined ? undefined : after + 1,
    to: before === undefined ? undefined : Math.max(before - 1, 0),
  }
  return openLog(ctx.db, found.data.endpoint, 'scan', { filter: input, params, signal })
}
