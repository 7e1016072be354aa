import type { Actor } from '@/lib/domain/access/actor'
import { fail, ok, type Result } from '@/lib/domain/result'

export type Person = Extract<Actor, { kind: 'user' }>

/** What concerns an account itself (password, sessions, making tokens) is for signed-in people only. */
export const requirePerson = (actor: Actor): Result<Person> =>
  actor.kind === 'user'
    ? ok(actor)
    : fail('forbidden', 'Only a signed-in person can do this, not a token. Sign in to the portal.')
