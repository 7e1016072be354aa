import { followLogsInput } from '@/lib/domain/logs/inputs'
import { eventResponse, lastEventId } from '@/lib/server/http/event-stream'
import { parseInput } from '@/lib/server/http/parse'
import { apiRoute } from '@/lib/server/http/route'
import { followLogs } from '@/lib/server/services/logs/follow-logs'

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
  return eventResponse(
    request,
    following => followLogs(ctx, input.data, following),
    item => item,
  )
})
