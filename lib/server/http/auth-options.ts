import type { AuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import type { Provider } from 'next-auth/providers/index'
import { z } from 'zod'
import { routes } from '@/lib/routes'
import { database } from '@/lib/server/db/client'
import { actorOfSession } from '@/lib/server/services/access/actor-of-session'
import { SESSION_SECONDS, signIn } from '@/lib/server/services/access/sign-in'
import { signOut } from '@/lib/server/services/access/sign-out'
import { portalLogger } from './portal-logger'
import { requestInfo } from './request-info'
import { cookieSecret, isSecurePortal, sessionCookieName, sessionToken } from './session-cookie'

/** Bounded, so that nobody can make us hash megabytes. */
const credentials = z.object({ email: z.string().max(320), password: z.string().max(256) })

/** Ways to sign in. An OpenID Connect provider is one more entry here; the session row stays the same. */
const providers: Provider[] = [
  CredentialsProvider({
    credentials: { email: { type: 'email' }, password: { type: 'password' } },
    authorize: async (given, request) => {
      const parsed = credentials.safeParse(given)
      if (!parsed.success) return null
      const headers = new Headers(request.headers as Record<string, string>)
      const result = await signIn(database(), {
        ...parsed.data,
        userAgent: headers.get('user-agent'),
        request: requestInfo(headers),
      })
      if (result.ok) return { id: result.data.sessionId }
      // next-auth knows two refusals: null, which has one fixed text, and an error, whose text it hands on.
      if (result.error.code === 'unauthenticated') return null
      throw new Error(result.error.message)
    },
  }),
]

/** An expired or revoked session is everyday life, not an error with a stack trace. */
function logAuthError(code: string, metadata: unknown): void {
  if (code === 'JWT_SESSION_ERROR') {
    portalLogger().debug({ code }, 'A session cookie is no longer valid')
    return
  }
  const cause = metadata instanceof Error ? metadata.message : 'see code'
  portalLogger().error({ code, cause }, 'Signing in failed unexpectedly')
}

/** The sealed cookie carries a session's id and nothing else; its row is read at every use. */
export function authOptions(): AuthOptions {
  const secure = isSecurePortal()
  return {
    providers,
    secret: cookieSecret(),
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    useSecureCookies: secure,
    cookies: {
      sessionToken: {
        name: sessionCookieName(),
        options: { httpOnly: true, sameSite: 'lax', path: '/', secure },
      },
    },
    pages: { signIn: routes.signIn(), signOut: routes.signIn(), error: routes.signIn() },
    logger: {
      error: logAuthError,
      warn: code => portalLogger().debug({ code }, 'next-auth'),
      debug: () => {},
    },
    callbacks: {
      jwt: async ({ token, user }) => {
        if (user) return { sid: user.id }
        const { sid } = sessionToken.parse(token)
        const actor = await actorOfSession(database(), sid, { requestId: 'session', address: null })
        if (!actor) throw new Error('The session has ended.')
        return { sid }
      },
      // The browser needs to know that it is signed in, not as whom: pages have that from the row.
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      signOut: async ({ token }) => {
        const parsed = sessionToken.safeParse(token)
        if (parsed.success) await signOut(database(), parsed.data.sid)
      },
    },
  }
}
