import { downloadDemoInput } from '@/lib/domain/demo/inputs'
import { parseInput } from '@/lib/server/http/parse'
import { apiRoute } from '@/lib/server/http/route'
import { downloadDemo } from '@/lib/server/services/demos/download-demo'

/** A demo app of the endpoint as a zip. */
export const GET = apiRoute(async ({ request, params, ctx }) => {
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const input = parseInput(downloadDemoInput, { ...query, ...params })
  if (!input.ok) return input
  const demo = await downloadDemo(ctx, input.data)
  if (!demo.ok) return demo
  return new Response(demo.data.zip, {
    headers: {
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="${demo.data.fileName}"`,
    },
  })
})
