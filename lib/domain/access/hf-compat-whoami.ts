import type { Actor } from './actor'

/**
 * HF's `whoami-v2`. Its clients use `name` as the default namespace, so it is the slug of the team: the token's, or
 * the first of the signed-in person's; further teams stand where HF has organisations.
 */
export function toHfWhoami(actor: Actor) {
  const slugs =
    actor.kind === 'token'
      ? [actor.teamSlug]
      : actor.kind === 'user'
        ? actor.memberships.map(membership => membership.teamSlug)
        : []
  const [name = '', ...others] = slugs
  return {
    type: 'user',
    id: actor.kind === 'system' ? 'system' : actor.userId,
    name,
    fullname: actor.name,
    orgs: others.map(slug => ({ type: 'org', name: slug, fullname: slug })),
    auth:
      actor.kind === 'token'
        ? { type: 'access_token', accessToken: { displayName: actor.name, role: actor.scope } }
        : { type: 'session' },
  }
}
