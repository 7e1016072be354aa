import { z } from 'zod'
import { resolveDriftInput } from '@/lib/domain/endpoint/drift-view'
import { parseInput } from '@/lib/server/http/parse'
import { apiRoute } from '@/lib/server/http/route'
import { keepTheirs } from '@/lib/server/services/endpoints/keep-theirs'
import { restoreOurs } from '@/lib/server/services/endpoints/restore-ours'

const body = resolveDriftInput.extend({ resolution: z.enum(['keep', 'restore']) })

/** Resolves what was changed outside Slipway: `{"resolution": "keep" | "restore", "since": …}`. */
export const POST = apiRoute(async ({ request, params, ctx }) => {
  const sent: unknown = await request.json().catch(() => null)
  const input = parseInput(body, { ...(typeof sent === 'object' ? sent : {}), ...params })
  if (!input.ok) return input
  const { resolution, ...of } = input.data
  return resolution === 'keep' ? keepTheirs(ctx, of) : restoreOurs(ctx, of)
})
