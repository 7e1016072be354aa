import { hfFollowInput, toHfText } from '@/lib/domain/logs/hf-compat'
import { streamResponse } from '@/lib/server/http/event-stream'
import { refOf } from '@/lib/server/http/hf-endpoint'
import { hfRoute } from '@/lib/server/http/hf-route'
import { parseInput } from '@/lib/server/http/parse'
import { hfLines } from '@/lib/server/services/logs/hf-lines'

export const dynamic = 'force-dynamic'

const TEXT_HEADERS = { 'Content-Type': 'text/plain; charset=utf-8', 'X-Accel-Buffering': 'no' }

/** The log as text, a line each; with `follow` it goes on until the reader leaves. */
export const GET = hfRoute(async ({ request, params, ctx }) => {
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const input = parseInput(hfFollowInput, { ...query, ...refOf(params) })
  if (!input.ok) return input
  return streamResponse(
    request,
    following => hfLines(ctx, input.data, following),
    item => (item === 'heartbeat' ? null : toHfText(item, input.data.line_max_length)),
    TEXT_HEADERS,
  )
})
