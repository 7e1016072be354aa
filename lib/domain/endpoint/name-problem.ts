/** Segments that routes below `/{team}` or `/{team}/endpoints` need for themselves. */
export const RESERVED_ENDPOINT_NAMES = ['new', 'catalog', 'metrics', 'healthz', 'health'] as const
export const RESERVED_TEAM_SLUGS = [
  'api',
  'v1',
  'v2',
  'v3',
  'sign-in',
  'sign-out',
  'profile',
  'metrics',
  'healthz',
  'health',
  'admin',
  'static',
  'public',
  'new',
  '_next',
] as const

/** Why a text cannot be such a name; null when it can. HF's rule: lower-case alphanumeric and `-`, at most 32. */
const slugProblem = (what: string, reserved: readonly string[]) => (text: string) => {
  if (text === '') return `Give the ${what} a name.`
  if (text.length > 32) return 'At most 32 characters.'
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(text))
    return 'Lower-case letters, digits and hyphens; begin and end with a letter or digit.'
  return reserved.includes(text) ? 'This name is reserved; choose another.' : null
}

export const endpointNameProblem = slugProblem('endpoint', RESERVED_ENDPOINT_NAMES)
export const teamSlugProblem = slugProblem('team', RESERVED_TEAM_SLUGS)
