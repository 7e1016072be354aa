import { hfPageInput } from '@/lib/domain/logs/hf-compat'
import { portalUrl } from '@/lib/server/env'
import { refOf } from '@/lib/server/http/hf-endpoint'
import { hfRoute } from '@/lib/server/http/hf-route'
import { parseInput } from '@/lib/server/http/parse'
import { hfLogPage } from '@/lib/server/services/logs/hf-page'

export const dynamic = 'force-dynamic'

/** One page of the log; the next one's address is in `Link`, as long as there is one. */
export const GET = hfRoute(async ({ request, params, ctx }) => {
  const { pathname, searchParams } = new URL(request.url)
  const input = parseInput(hfPageInput, { ...Object.fromEntries(searchParams), ...refOf(params) })
  if (!input.ok) return input
  const page = await hfLogPage(ctx, input.data)
  if (!page.ok) return page
  const { entries, cursor } = page.data
  if (cursor === null) return Response.json(entries)
  searchParams.set('cursor', String(cursor))
  return Response.json(entries, {
    headers: { Link: `<${portalUrl()}${pathname}?${searchParams}>; rel="next"` },
  })
})
