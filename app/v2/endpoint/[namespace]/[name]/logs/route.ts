import { hfFollowInput, toHfText } from '@/lib/domain/logs/hf-compat'
import { followingOf, leavingOf, pulledBody } from '@/lib/server/http/event-stream'
import { refOf } from '@/lib/server/http/hf-endpoint'
import { hfRoute } from '@/lib/server/http/hf-route'
import { parseInput } from '@/lib/server/http/parse'
import { type HfItem, hfLines } from '@/lib/server/services/logs/hf-lines'

export const dynamic = 'force-dynamic'

/** The log as text, a line each; with `follow` it goes on until the reader leaves. */
export const GET = hfRoute(async ({ request, params, ctx }) => {
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const input = parseInput(hfFollowInput, { ...query, ...refOf(params) })
  if (!input.ok) return input
  const leaving = leavingOf(request)
  const items = await hfLines(ctx, input.data, followingOf(request, leaving.signal))
  if (!items.ok) return items
  const body = pulledBody(texts(items.data, input.data.line_max_length), () => leaving.abort())
  return new Response(body, {
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'X-Accel-Buffering': 'no' },
  })
})

async function* texts(items: AsyncIterable<HfItem>, maxLength: number | undefined): AsyncGenerator<string> {
  for await (const item of items) if (item !== 'heartbeat') yield toHfText(item, maxLength)
}
