import type { Actor, RequestInfo } from '@/lib/domain/access/actor'
import { fail, ok, type Result } from '@/lib/domain/result'
import { database } from '@/lib/server/db/client'
import { actorOfSession } from '@/lib/server/services/access/actor-of-session'
import { actorOfToken } from '@/lib/server/services/access/actor-of-token'
import { hasOwnOrigin } from './own-origin'
import { requestInfo } from './request-info'
import { cookieIn, sessionCookieName, sessionIdOf } from './session-cookie'

const SAFE_METHODS = ['GET', 'HEAD']

/**
 * Who calls an API route: the holder of a Bearer token, else the person of the session cookie. A cookie travels
 * with requests that foreign pages make, so with it everything but reading needs our own `Origin`.
 */
export async function actorFromRequest(
  request: Request,
  info: RequestInfo = requestInfo(request.headers),
): Promise<Result<Actor>> {
  const authorization = request.headers.get('authorization')
  if (authorization !== null) {
    const text = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
    const actor = text ? await actorOfToken(database(), text, info) : null
    return actor ? ok(actor) : fail('unauthenticated', 'This token is unknown, revoked or expired.')
  }
  const sessionId = await sessionIdOf(cookieIn(request.headers.get('cookie'), sessionCookieName()))
  const actor = sessionId ? await actorOfSession(database(), sessionId, info) : null
  if (!actor) return fail('unauthenticated', 'Sign in, or send an API token: “Authorization: Bearer slip_…”.')
  if (!SAFE_METHODS.includes(request.method) && !hasOwnOrigin(request.headers))
    return fail('forbidden', 'This request did not come from a page of this portal.')
  return ok(actor)
}
