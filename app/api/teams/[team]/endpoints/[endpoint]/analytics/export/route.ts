import { Readable } from 'node:stream'
import { exportInput } from '@/lib/domain/analytics/inputs'
import { parseInput } from '@/lib/server/http/parse'
import { apiRoute } from '@/lib/server/http/route'
import { exportChart } from '@/lib/server/services/analytics/export-chart'

export const dynamic = 'force-dynamic'

/** One chart as a file, at full resolution. */
export const GET = apiRoute(async ({ request, params, ctx }) => {
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const input = parseInput(exportInput, { ...query, ...params })
  if (!input.ok) return input
  const file = await exportChart(ctx, input.data)
  if (!file.ok) return file
  return new Response(Readable.toWeb(file.data.body) as ReadableStream, {
    headers: {
      'Content-Type': file.data.contentType,
      'Content-Disposition': `attachment; filename="${file.data.fileName}"`,
    },
  })
})
