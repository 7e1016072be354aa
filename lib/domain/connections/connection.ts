import { z } from 'zod'
import type { ProviderKind } from '@/lib/domain/hardware/provider'

/** Providers that need an account of the team. */
export const CONNECTION_KINDS = ['huggingface', 'sagemaker'] as const satisfies readonly ProviderKind[]
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
  z.object({
    kind: z.literal('sagemaker'),
    /** Names mean something only within one: for several of them, several connections. */
    region: z
      .string()
      .trim()
      .regex(/^[a-z]{2,3}(-[a-z]+)+-\d$/, 'A region such as us-east-1.'),
    /** What the containers run as. */
    roleArn: z
      .string()
      .trim()
      .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/, 'arn:aws:iam::123456789012:role/name'),
    /** Of every service, where it is not AWS's own; null for AWS. */
    baseUrl: baseUrl.nullable(),
  }),
])
export type ConnectionSettings = z.infer<typeof connectionSettings>
export type SettingsOf<Kind extends ConnectionKind> = Extract<ConnectionSettings, { kind: Kind }>

const tokenSecrets = z.object({
  token: z.string().trim().min(8, 'Paste the whole token.').max(500, 'That is no token.'),
})
export const keySecrets = z.object({
  accessKeyId: z
    .string()
    .trim()
    .regex(/^[A-Z0-9]{16,128}$/, 'AKIA… or ASIA…'),
  secretAccessKey: z.string().trim().min(16, 'Paste the whole key.').max(500, 'That is no key.'),
  /** Of keys that hold for a session only. */
  sessionToken: z.string().trim().min(1).max(8_000, 'That is no session token.').nullable(),
})

/**
 * No keys of its own: those that the vendor's SDK finds where Slipway runs (an instance role, a profile, variables).
 * They are the machine's, so an administrator allows it by team; whose it is, is sealed with it.
 */
const ambientSecrets = z.object({ ambientFor: z.string().min(1).max(64) })

/** What is: sealed at rest, never shown again. One schema per kind. */
export const SECRETS = {
  huggingface: tokenSecrets,
  sagemaker: z.union([keySecrets, ambientSecrets]),
} as const
export type SecretsOf<Kind extends ConnectionKind> = z.infer<(typeof SECRETS)[Kind]>
export const connectionSecrets = z.union([tokenSecrets, keySecrets, ambientSecrets])
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
