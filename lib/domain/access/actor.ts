import type { Role } from './roles'
import type { TokenScope } from './tokens'

/** Who asks. Every service verb takes one and checks a named right on the object itself. */
export type Actor =
  | {
      kind: 'user'
      userId: string
      sessionId: string
      name: string
      email: string
      memberships: readonly Membership[]
      request: RequestInfo
    }
  | {
      kind: 'token'
      tokenId: string
      name: string
      teamId: string
      teamSlug: string
      scope: TokenScope
      /** Limits the token to one endpoint. */
      endpointId: string | null
      /** The account that made the token, and its role in the team now: a token never does more than that. */
      userId: string
      role: Role
      request: RequestInfo
    }
  /** The portal itself: first start, the controller. Never made from a request. */
  | { kind: 'system'; name: string; request: RequestInfo }

export type Membership = { teamId: string; teamSlug: string; teamName: string; role: Role }

export type RequestInfo = { requestId: string; address: string | null }

/** The account behind an actor: what `created_by` names. Null for the portal itself. */
export const userIdOf = (actor: Actor): string | null => (actor.kind === 'system' ? null : actor.userId)

/** What audit rows keep of an actor: the token where a token asked, else the account. */
export function actorIdOf(actor: Actor): string | null {
  switch (actor.kind) {
    case 'user':
      return actor.userId
    case 'token':
      return actor.tokenId
    case 'system':
      return null
  }
}

export const systemActor = (name: string, requestId: string): Actor => ({
  kind: 'system',
  name,
  request: { requestId, address: null },
})
