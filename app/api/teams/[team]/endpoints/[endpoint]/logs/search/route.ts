import { Readable } from 'node:stream'
import { searchLogsInput } from '@/lib/domain/logs/inputs'
import { leavingOf } from '@/lib/server/http/event-stream'
import { parseInput } from '@/lib/server/http/parse'
import { apiRoute } from '@/lib/server/http/route'
import { searchLogs } from '@/lib/server/services/logs/search-logs'

export const dynamic = 'force-dynamic'

/** Matches as they are found, one JSON message per line; stops searching when the reader leaves. */
export const GET = apiRoute(async ({ request, params, ctx }) => {
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const input = parseInput(searchLogsInput, { ...query, ...params })
  if (!input.ok) return input
  const found = await searchLogs(ctx, input.data, leavingOf(request).signal)
  if (!found.ok) return found
  return new Response(Readable.toWeb(found.data) as ReadableStream, {
    headers: { 'Content-Type': 'application/x-ndjson', 'X-Accel-Buffering': 'no' },
  })
})
