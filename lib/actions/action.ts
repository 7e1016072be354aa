import { headers } from 'next/headers'
import type { z } from 'zod'
import { fail, type Result } from '@/lib/domain/result'
import { database } from '@/lib/server/db/client'
import { currentActor } from '@/lib/server/http/current-actor'
import { hasOwnOrigin } from '@/lib/server/http/own-origin'
import { parseInput } from '@/lib/server/http/parse'
import { logUnexpected, UNEXPECTED_MESSAGE } from '@/lib/server/http/portal-logger'
import { RateLimit } from '@/lib/server/http/rate-limit'
import { requestInfo } from '@/lib/server/http/request-info'
import type { Context } from '@/lib/server/services/context'

/** Far above what a person clicks, far below what a loop does. */
const limit = new RateLimit(60, 2)

/**
 * Makes a server action of a verb: our own `Origin`, a living session, the rate limit, a parsed input, then the
 * verb, which checks the right on the object itself. Failures carry the request id; an unexpected one nothing else.
 */
export function action<S extends z.ZodType, T>(
  schema: S,
  verb: (ctx: Context, input: z.output<S>) => Promise<Result<T>>,
): (input: z.input<S>) => Promise<Result<T>> {
  return async input => {
    const incoming = await headers()
    const { requestId } = requestInfo(incoming)
    try {
      return withRequestId(await run(schema, verb, input, incoming), requestId)
    } catch (error) {
      logUnexpected(error, requestId, `Action ${verb.name}`)
      return fail('internal', UNEXPECTED_MESSAGE, { requestId })
    }
  }
}

async function run<S extends z.ZodType, T>(
  schema: S,
  verb: (ctx: Context, input: z.output<S>) => Promise<Result<T>>,
  input: unknown,
  incoming: Headers,
): Promise<Result<T>> {
  if (!hasOwnOrigin(incoming))
    return fail('forbidden', 'This request did not come from a page of this portal. Reload the page.')
  const actor = await currentActor()
  if (!actor) return fail('unauthenticated', 'Your session has ended. Sign in again.')
  if (limit.take(actor.userId) > 0)
    return fail('rate_limited', 'That was a lot at once. Wait a few seconds and try again.')
  const parsed = parseInput(schema, input)
  return parsed.ok ? verb({ db: database(), actor }, parsed.data) : parsed
}

const withRequestId = <T>(result: Result<T>, requestId: string): Result<T> =>
  result.ok ? result : { ok: false, error: { ...result.error, requestId } }
