import { z } from 'zod'

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

const slug = (what: string, reserved: readonly string[]) =>
  z
    .string()
    .min(1, `Give the ${what} a name.`)
    .max(32, `At most 32 characters.`)
    .regex(
      /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
      'Lower-case letters, digits and hyphens; begin and end with a letter or digit.',
    )
    .refine(value => !reserved.includes(value), `This name is reserved; choose another.`)

/** HF's rule: lower-case alphanumeric and `-`, at most 32 characters. */
export const endpointName = slug('endpoint', RESERVED_ENDPOINT_NAMES)
export const teamSlug = slug('team', RESERVED_TEAM_SLUGS)
