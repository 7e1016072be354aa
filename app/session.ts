import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { routes } from '@/lib/routes'
import { currentActor, type PersonActor } from '@/lib/server/http/current-actor'

/** Written by `proxy.ts`: layouts are not told the path they stand on. */
export const PATH_HEADER = 'x-slipway-path'

/** The signed-in person, or away to the sign-in page and back here afterwards. */
export async function requireSession(): Promise<PersonActor> {
  const actor = await currentActor()
  if (actor) return actor
  const path = (await headers()).get(PATH_HEADER)
  redirect(routes.signIn(path && path !== '/' ? { callbackUrl: path } : {}))
}
