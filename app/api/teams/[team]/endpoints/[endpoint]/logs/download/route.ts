import { Readable } from 'node:stream'
import { downloadLogsInput } from '@/lib/domain/logs/inputs'
import { leavingOf } from '@/lib/server/http/event-stream'
import { parseInput } from '@/lib/server/http/parse'
import { apiRoute } from '@/lib/server/http/route'
import { downloadLogs } from '@/lib/server/services/logs/download-logs'

export const dynamic = 'force-dynamic'

/** The log, or what a filter lets through of it, as a file. */
export const GET = apiRoute(async ({ request, params, ctx }) => {
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const input = parseInput(downloadLogsInput, { ...query, ...params })
  if (!input.ok) return input
  const download = await downloadLogs(ctx, input.data, leavingOf(request).signal)
  if (!download.ok) return download
  return new Response(Readable.toWeb(download.data.body) as ReadableStream, {
    headers: {
      'Content-Type': download.data.contentType,
      'Content-Disposition': `attachment; filename="${download.data.fileName}"`,
    },
  })
})
