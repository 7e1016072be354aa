import { hfFollowInput, toHfEntry } from '@/lib/domain/logs/hf-compat'
import { eventResponse, lastEventId } from '@/lib/server/http/event-stream'
import { refOf } from '@/lib/server/http/hf-endpoint'
import { hfRoute } from '@/lib/server/http/hf-route'
import { parseInput } from '@/lib/server/http/parse'
import { hfLines } from '@/lib/server/services/logs/hf-lines'

export const dynamic = 'force-dynamic'

/** One event per line, in HF's form; its id is ours, so a reader that comes back misses nothing. */
export const GET = hfRoute(async ({ request, params, ctx }) => {
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const input = parseInput(hfFollowInput, { ...query, follow: true, ...refOf(params) })
  if (!input.ok) return input
  return eventResponse(
    request,
    following => hfLines(ctx, { ...input.data, after: lastEventId(request) }, following),
    item =>
      item === 'heartbeat'
        ? item
        : { id: item.seq, json: Buffer.from(JSON.stringify(toHfEntry(item, input.data.line_max_length))) },
  )
})
