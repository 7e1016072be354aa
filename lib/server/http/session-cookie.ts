import { decode } from 'next-auth/jwt'
import { z } from 'zod'
import { portalUrl } from '@/lib/server/env'
import { deriveKey } from '@/lib/server/secrets/key'

export const isSecurePortal = (): boolean => portalUrl().startsWith('https://')

/** `__Host-` binds the cookie to this host, path / and https; browsers refuse it over plain http. */
export const sessionCookieName = (): string => `${isSecurePortal() ? '__Host-' : ''}slipway-session`

export const cookieSecret = (): string => deriveKey('session-cookie')

/** All the cookie says. The row of that id says everything else. */
export const sessionToken = z.object({ sid: z.uuid() })

/**
 * The session id inside the sealed cookie, null when it is missing, expired or not ours. This is no proof of
 * anything: `actorOfSession` must read its row.
 */
export async function sessionIdOf(cookie: string | undefined): Promise<string | null> {
  if (!cookie) return null
  const token = await decode({ token: cookie, secret: cookieSecret() }).catch(() => null)
  const parsed = sessionToken.safeParse(token)
  return parsed.success ? parsed.data.sid : null
}

/** A cookie's value from a `Cookie` header. */
export function cookieIn(header: string | null, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return undefined
}
