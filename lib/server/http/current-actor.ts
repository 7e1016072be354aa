import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import type { Actor } from '@/lib/domain/access/actor'
import { database } from '@/lib/server/db/client'
import { actorOfSession } from '@/lib/server/services/access/actor-of-session'
import { requestInfo } from './request-info'
import { sessionCookieName, sessionIdOf } from './session-cookie'

export type PersonActor = Extract<Actor, { kind: 'user' }>

/** The signed-in person of a page or action, read from the session's row; once per page, whoever asks. */
export const currentActor = cache(async (): Promise<PersonActor | null> => {
  const sessionId = await sessionIdOf((await cookies()).get(sessionCookieName())?.value)
  if (!sessionId) return null
  return actorOfSession(database(), sessionId, requestInfo(await headers()))
})
