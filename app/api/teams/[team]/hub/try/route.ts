import { TRY_BODY_BYTES, tryModelInput } from '@/lib/domain/hub/try'
import { fail } from '@/lib/domain/result'
import { parseInput } from '@/lib/server/http/parse'
import { apiRoute } from '@/lib/server/http/route'
import { tryModel } from '@/lib/server/services/hub/try-model'

/** What is passed on of a stranger's answer: nothing a browser would run on our own origin. */
const SHOWN = /^(application\/json|text\/event-stream|image\/(png|jpeg|webp)|audio\/[\w.+-]+)/

/** A request in the playground's form to a hosted model; its answer as it comes. */
export const POST = apiRoute(async ({ request, params, ctx }) => {
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const input = parseInput(tryModelInput, { ...query, ...params })
  if (!input.ok) return input
  const tooLarge = fail('too_large', 'At most 10 MiB can be tried.')
  if (Number(request.headers.get('content-length')) > TRY_BODY_BYTES) return tooLarge
  const body = await request.arrayBuffer()
  if (body.byteLength > TRY_BODY_BYTES) return tooLarge
  const contentType = request.headers.get('content-type') ?? 'application/octet-stream'
  const answer = await tryModel(ctx, input.data, { contentType, body, signal: request.signal })
  if (!answer.ok) return answer
  const type = answer.data.headers.get('content-type') ?? ''
  return new Response(answer.data.body, {
    headers: {
      'Content-Type': SHOWN.test(type) ? type : 'text/plain; charset=utf-8',
      'Content-Security-Policy': 'sandbox',
      'X-Content-Type-Options': 'nosniff',
    },
  })
})
