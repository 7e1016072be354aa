import { hfFollowInput, toHfEntry } from '@/lib/domain/logs/hf-compat'
import {
  EVENT_STREAM_HEADERS,
  followingOf,
  formatEvent,
  HEARTBEAT_EVENT,
  lastEventId,
  leavingOf,
  pulledBody,
} from '@/lib/server/http/event-stream'
import { refOf } from '@/lib/server/http/hf-endpoint'
import { hfRoute } from '@/lib/server/http/hf-route'
import { parseInput } from '@/lib/server/http/parse'
import { type HfItem, hfLines } from '@/lib/server/services/logs/hf-lines'

export const dynamic = 'force-dynamic'

/** One event per line, in HF's form; its id is ours, so a reader that comes back misses nothing. */
export const GET = hfRoute(async ({ request, params, ctx }) => {
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const input = parseInput(hfFollowInput, { ...query, follow: true, ...refOf(params) })
  if (!input.ok) return input
  const leaving = leavingOf(request)
  const following = followingOf(request, leaving.signal)
  const items = await hfLines(ctx, { ...input.data, after: lastEventId(request) }, following)
  if (!items.ok) return items
  const body = pulledBody(events(items.data, input.data.line_max_length), () => leaving.abort())
  return new Response(body, { headers: EVENT_STREAM_HEADERS })
})

async function* events(
  items: AsyncIterable<HfItem>,
  maxLength: number | undefined,
): AsyncGenerator<string | Buffer> {
  for await (const item of items)
    yield item === 'heartbeat'
      ? HEARTBEAT_EVENT
      : formatEvent({ id: item.seq, json: Buffer.from(JSON.stringify(toHfEntry(item, maxLength))) })
}
