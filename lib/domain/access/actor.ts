import type { Role } from './roles'
import type { TokenScope } from './tokens'

/** Who asks. Every service verb takes one and checks a named right on the object itself. */
export type Actor =
  | {
      kind: 'user'
      userId: string
      sessionId: string
      name: string
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
      /** The account that made the token. */
      userId: string
      request: RequestInfo
    }
  /** The portal itself: first start, the controller. Never made from a request. */
  | { kind: 'system'; name: string; request: RequestInfo }

export type Membership = { teamId: string; teamSlug: string; teamName: string; role: Role }

export type RequestInfo = { requestId: string; address: string | null }
