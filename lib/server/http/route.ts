import { type AppError, fail, httpStatusOf, type Result } from '@/lib/domain/result'
import { database } from '@/lib/server/db/client'
import type { Context } from '@/lib/server/services/context'
import { checkRate } from './api-rate'
import { logUnexpected, UNEXPECTED_MESSAGE } from './portal-logger'
import { actorFromRequest } from './request-actor'
import { requestInfo } from './request-info'

export type RouteCall = {
  request: Request
  /** Path parameters. */
  params: Record<string, string>
  ctx: Context
}
export type RouteHandler = (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>

/** How a door words its failures: the portal's own as an object, the HF-compatible one as a sentence. */
type ErrorBody = (error: AppError) => { body: unknown; headers?: Record<string, string> }

const ownErrorBody: ErrorBody = error => ({ body: { error } })

/**
 * A route handler of a function: reads the actor, holds it to the rate limit, runs it, turns its result into JSON. Nothing is cached, every
 * answer carries the request id, and an unexpected error shows that id and no more. A `Response` is passed on
 * (streams, downloads).
 */
export function apiRoute(
  handle: (call: RouteCall) => Promise<Result<unknown> | Response>,
  errorBody: ErrorBody = ownErrorBody,
): RouteHandler {
  return async (request, context) => {
    const info = requestInfo(request.headers)
    const outcome = await attempt(async () => {
      const actor = await actorFromRequest(request, info)
      if (!actor.ok) return actor
      const rate = checkRate(actor.data)
      if (!rate.ok) return rate
      const ctx: Context = { db: database(), actor: actor.data }
      return handle({ request, params: await context.params, ctx })
    }, info.requestId)
    return respond(outcome, info.requestId, errorBody)
  }
}

async function attempt(
  run: () => Promise<Result<unknown> | Response>,
  requestId: string,
): Promise<Result<unknown> | Response> {
  try {
    return await run()
  } catch (error) {
    logUnexpected(error, requestId, 'API route')
    return fail('internal', UNEXPECTED_MESSAGE)
  }
}

function respond(outcome: Result<unknown> | Response, requestId: string, errorBody: ErrorBody): Response {
  const headers = { 'Cache-Control': 'no-store', 'X-Request-Id': requestId }
  if (outcome instanceof Response) {
    for (const [name, value] of Object.entries(headers))
      if (!outcome.headers.has(name)) outcome.headers.set(name, value)
    return outcome
  }
  if (outcome.ok) return Response.json(outcome.data, { headers })
  const { code, retryAfterSeconds } = outcome.error
  const { body, headers: more } = errorBody({ ...outcome.error, requestId })
  return Response.json(body, {
    status: httpStatusOf(code),
    headers: {
      ...headers,
      ...more,
      ...(code === 'unauthenticated' ? { 'WWW-Authenticate': 'Bearer' } : {}),
      ...(retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) }),
    },
  })
}
