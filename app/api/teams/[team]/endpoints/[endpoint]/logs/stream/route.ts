import { followLogsInput } from '@/lib/domain/logs/inputs'
import {
  EVENT_STREAM_HEADERS,
  followingOf,
  formatEvent,
  HEARTBEAT_EVENT,
  lastEventId,
  leavingOf,
  pulledBody,
} from '@/lib/server/http/event-stream'
import { parseInput } from '@/lib/server/http/parse'
import { apiRoute } from '@/lib/server/http/route'
import { followLogs, type StreamItem } from '@/lib/server/services/logs/follow-logs'

export const dynamic = 'force-dynamic'

/** New lines as Server-Sent Events; a reconnecting reader names the last one it has in `Last-Event-ID`. */
export const GET = apiRoute(async ({ request, params, ctx }) => {
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const last = lastEventId(request)
  const input = parseInput(followLogsInput, {
    ...query,
    ...(last === undefined ? {} : { after: last }),
    ...params,
  })
  if (!input.ok) return input
  const leaving = leavingOf(request)
  const items = await followLogs(ctx, input.data, followingOf(request, leaving.signal))
  if (!items.ok) return items
  const body = pulledBody(events(items.data), () => leaving.abort())
  return new Response(body, { headers: EVENT_STREAM_HEADERS })
})

async function* events(items: AsyncGenerator<StreamItem>): AsyncGenerator<string | Buffer> {
  for await (const item of items) yield item === 'heartbeat' ? HEARTBEAT_EVENT : formatEvent(item)
}
