import type { Membership } from './actor'
import type { Role } from './roles'
import { scopeIncludes, type TokenScope } from './tokens'

/**
 * Who may do what: one named predicate per verb, asked by the server before it acts and by the button before it
 * offers. Every `Actor` is an `Asker`; pages hand the browser one without session and address.
 */
export type Asker =
  | { kind: 'user'; memberships: readonly Pick<Membership, 'teamId' | 'role'>[] }
  | { kind: 'token'; teamId: string; scope: TokenScope; endpointId: string | null; role: Role }
  | { kind: 'system' }

export type TeamRef = { id: string }
export type EndpointRef = { id: string; teamId: string }
export type TokenRef = { teamId: string; userId: string }

const MAY_WRITE: readonly Role[] = ['owner', 'admin', 'member']
const MAY_ADMINISTER: readonly Role[] = ['owner', 'admin']

function roleIn(asker: Asker, teamId: string): Role | undefined {
  switch (asker.kind) {
    case 'user':
      return asker.memberships.find(membership => membership.teamId === teamId)?.role
    case 'token':
      return asker.teamId === teamId ? asker.role : undefined
    case 'system':
      return 'owner'
  }
}

function holds(asker: Asker, teamId: string, scope: TokenScope, roles?: readonly Role[]): boolean {
  const role = roleIn(asker, teamId)
  if (!role || (roles && !roles.includes(role))) return false
  return asker.kind !== 'token' || scopeIncludes(asker.scope, scope)
}

/** A token limited to one endpoint reaches no other, and nothing of the team itself. */
const reaches = (asker: Asker, endpointId: string | null): boolean =>
  asker.kind !== 'token' || asker.endpointId === null || asker.endpointId === endpointId

/** Whether the team exists for the asker at all; where this is false the answer is `not_found`, never `forbidden`. */
export const isOfTeam = (asker: Asker, team: TeamRef): boolean => roleIn(asker, team.id) !== undefined

export const canListEndpoints = (asker: Asker, team: TeamRef): boolean => holds(asker, team.id, 'read')
export const canSeeCatalog = canListEndpoints
export const canSeeEndpoint = (asker: Asker, endpoint: EndpointRef): boolean =>
  holds(asker, endpoint.teamId, 'read') && reaches(asker, endpoint.id)

const canChangeEndpoint = (asker: Asker, endpoint: EndpointRef): boolean =>
  holds(asker, endpoint.teamId, 'write', MAY_WRITE) && reaches(asker, endpoint.id)

export const canCreateEndpoint = (asker: Asker, team: TeamRef): boolean =>
  holds(asker, team.id, 'write', MAY_WRITE) && reaches(asker, null)
export const canUpdateEndpoint = canChangeEndpoint
export const canPauseEndpoint = canChangeEndpoint
export const canScaleEndpointToZero = canChangeEndpoint
export const canResumeEndpoint = canChangeEndpoint
export const canRemoveEndpoint = canChangeEndpoint

/** Names and settings; the secrets are shown to nobody. */
export const canListConnections = canListEndpoints
/** Whoever changes a connection decides whose money is spent. */
export const canManageConnections = (asker: Asker, team: TeamRef): boolean =>
  holds(asker, team.id, 'write', MAY_ADMINISTER) && reaches(asker, null)

/** Calling it through the gateway; also making the 60-second token the playground calls with. */
export const canCallEndpoint = (asker: Asker, endpoint: EndpointRef): boolean =>
  holds(asker, endpoint.teamId, 'infer', MAY_WRITE) && reaches(asker, endpoint.id)

/* Tokens are made and revoked by people: a leaked token must not be able to make itself successors. */
export const canListTokens = (asker: Asker, team: TeamRef): boolean =>
  asker.kind !== 'token' && isOfTeam(asker, team)
/** Whoever may only look can only make tokens that look. */
export function canCreateToken(asker: Asker, team: TeamRef, scope: TokenScope): boolean {
  if (asker.kind === 'token') return false
  return scope === 'read' ? isOfTeam(asker, team) : holds(asker, team.id, scope, MAY_WRITE)
}
/** One's own, and everybody's for those who administer the team. */
export function canRevokeToken(asker: Asker & { userId?: string }, token: TokenRef): boolean {
  if (asker.kind === 'token') return false
  if (holds(asker, token.teamId, 'write', MAY_ADMINISTER)) return true
  return isOfTeam(asker, { id: token.teamId }) && asker.userId === token.userId
}
