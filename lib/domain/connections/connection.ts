import { z } from 'zod'
import type { ProviderKind } from '@/lib/domain/hardware/provider'

/** Providers that need an account of the team. */
export const CONNECTION_KINDS = [
  'huggingface',
  'sagemaker',
  'azure-ml',
] as const satisfies readonly ProviderKind[]
export type ConnectionKind = (typeof CONNECTION_KINDS)[number]

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** An address people may enter. Whether it may be called is decided on the server, after name resolution. */
const baseUrl = z
  .url({ protocol: /^https?$/, error: 'Give an address such as https://endpoints.example.com.' })
  .max(500)
  .refine(text => {
    const { username, password, search, hash } = new URL(text)
    return username === '' && password === '' && search === '' && hash === ''
  }, 'Only host and path: no user, no password, no query.')
  .transform(text => text.replace(/\/+$/, ''))

/** As the Azure portal shows the ids of directories, subscriptions and apps. */
const guid = (error: string) => z.string().trim().toLowerCase().regex(GUID, error)

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
  z.object({
    kind: z.literal('azure-ml'),
    /** Whose directory the app is in. */
    tenantId: guid('The directory (tenant) ID, as in 11111111-2222-3333-4444-555555555555.'),
    subscriptionId: guid('The subscription ID, as in 11111111-2222-3333-4444-555555555555.'),
    resourceGroup: z
      .string()
      .trim()
      .regex(/^[\p{L}\p{N}_.()-]{0,89}[\p{L}\p{N}_()-]$/u, 'The name of the workspace’s resource group.'),
    workspace: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9][\w-]{2,32}$/, 'The name of the workspace.'),
    /** The workspace's own: endpoints run in it, and names mean something only there. */
    region: z
      .string()
      .trim()
      .regex(/^[a-z]{3,}\d?$/, 'A region such as eastus.'),
    /** Of every service, where it is not Microsoft's own; null for Azure. */
    baseUrl: baseUrl.nullable(),
  }),
])
export type ConnectionSettings = z.infer<typeof connectionSettings>
export type SettingsOf<Kind extends ConnectionKind> = Extract<ConnectionSettings, { kind: Kind }>

const tokenSecrets = z.object({
  token: z.string().trim().min(8, 'Paste the whole token.').max(500, 'That is no token.'),
})
const TEMPORARY_KEYS =
  'Keys that begin with ASIA end within hours, and endpoints outlive them. Give those of an IAM user (AKIA…), or let an administrator allow the machine’s own, which are renewed.'

export const keySecrets = z.object({
  accessKeyId: z
    .string()
    .trim()
    .regex(/^[A-Z0-9]{16,128}$/, 'AKIA…')
    // Whoever made an endpoint with them could neither change nor delete it any more, and it would go on costing.
    .refine(id => !id.startsWith('ASIA'), TEMPORARY_KEYS),
  secretAccessKey: z.string().trim().min(16, 'Paste the whole key.').max(500, 'That is no key.'),
})

/**
 * No keys of its own: those that the vendor's SDK finds where Slipway runs (an instance role, a profile, variables).
 * They are the machine's, so an administrator allows it by team; whose it is, is sealed with it.
 */
const ambientSecrets = z.object({ ambientFor: z.string().min(1).max(64) })

/** Of an app registration in Microsoft Entra. */
export const appSecrets = z.object({
  clientId: guid('The application (client) ID, as in 11111111-2222-3333-4444-555555555555.'),
  clientSecret: z
    .string()
    .trim()
    .min(8, 'Paste the whole secret.')
    .max(500, 'That is no secret.')
    .refine(text => !GUID.test(text), 'That is the ID of the secret. Paste its value.'),
})

/** What is: sealed at rest, never shown again. One schema per kind. */
export const SECRETS = {
  huggingface: tokenSecrets,
  sagemaker: z.union([keySecrets, ambientSecrets]),
  'azure-ml': z.union([appSecrets, ambientSecrets]),
} as const
export type SecretsOf<Kind extends ConnectionKind> = z.infer<(typeof SECRETS)[Kind]>
export const connectionSecrets = z.union([tokenSecrets, keySecrets, ambientSecrets, appSecrets])
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
