import { text } from 'node:stream/consumers'
import type { z } from 'zod'
import { canSeeEndpoint } from '@/lib/domain/access/rights'
import type { Density } from '@/lib/domain/logs/density'
import type { logDensityInput } from '@/lib/domain/logs/inputs'
import { logDensity } from '@/lib/domain/logs/view'
import { ok, type Result } from '@/lib/domain/result'
import type { Context } from '../context'
import { requireEndpoint } from '../endpoints/require-endpoint'
import { openLog } from './controller-door'

const PATIENCE_MS = 5_000

/** How many lines there are over time, by level: what the log page's bars are drawn from. */
export async function readLogDensity(
  ctx: Context,
  { since, until, ...ref }: z.output<typeof logDensityInput>,
): Promise<Result<Density>> {
  const found = await requireEndpoint(ctx, ref, canSeeEndpoint, 'see this endpoint’s logs')
  if (!found.ok) return found
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const opened = await openLog(ctx.db, found.data.endpoint, 'density', { params: { since, until }, signal })
  return opened.ok ? ok(logDensity.parse(JSON.parse(await text(opened.data)))) : opened
}
