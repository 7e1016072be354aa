import { z } from 'zod'
import type { ProviderKind } from '@/lib/domain/hardware/provider'

/** Providers that need an account of the team. */
export const CONNECTION_KINDS = ['huggingface'] as const satisfies readonly ProviderKind[]
export type ConnectionKind = (typeof CONNECTION_KINDS)[number]

/** An address people may enter. Whether it may be called is decided on the server, after name resolution. */
const baseUrl = z
  .url({ protocol: /^https?$/, error: 'Give an address such as https://endpoints.example.com.' })
  .max(500)
  .refine(text => {
    const { username, password, search, hash } = new URL(text)
    return username === '' && password === '' && search === '' && hash === ''
  }, 'Only host and path: no user, no password, no query.')
  .transform(text => text.replace(/\/+$/, ''))

/** What is not secret. One schema per kind; `kind` tells them apart. */
export const connectionSettings = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('huggingface'),
    /** A user or an organisation. */
    namespace: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9])?$/, 'The name of your user or organisation.'),
    /** Another server that speaks the same API; null for Hugging Face's own. */
    baseUrl: baseUrl.nullable(),
  }),
])
export type ConnectionSettings = z.infer<typeof connectionSettings>

/** What is: sealed at rest, never shown again. */
export const connectionSecrets = z.object({
  token: z.string().trim().min(8, 'Paste the whole token.').max(500, 'That is no token.'),
})
export type ConnectionSecrets = z.infer<typeof connectionSecrets>

/** One thing a provider must let us do, and whether it does. */
export const permissionResult = z.object({
  id: z.string(),
  /** Completes "may …": `create endpoints`. */
  label: z.string(),
  allowed: z.enum(['yes', 'no', 'unknown']),
  /** What to do about a no; what an unknown depends on. */
  advice: z.string().nullable(),
})
export type PermissionResult = z.infer<typeof permissionResult>
