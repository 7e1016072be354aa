import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types'
import { env } from '@/lib/server/env'
import { ProviderError } from '../port'
import type { AwsAccount } from './account'

let chain: Promise<AwsCredentialIdentityProvider> | null = null

export const mayUseAmbientAws = (teamSlug: string): boolean =>
  env().SLIPWAY_AMBIENT_AWS_TEAMS.includes(teamSlug)

/**
 * What to sign with. Ambient credentials are looked for by the vendor's own chain, which keeps them and renews them
 * before they end. Asked at every use: an administrator who takes the permission back has taken it back.
 */
export async function credentialsOf(keys: AwsAccount['keys']): Promise<AwsCredentialIdentity> {
  if (!('ambientFor' in keys)) {
    const { accessKeyId, secretAccessKey } = keys
    return { accessKeyId, secretAccessKey }
  }
  if (!mayUseAmbientAws(keys.ambientFor)) throw new ProviderError('credentials', notAllowed(keys.ambientFor))
  chain ??= import('@aws-sdk/credential-provider-node').then(({ defaultProvider }) => defaultProvider())
  try {
    return await (await chain)()
  } catch (cause) {
    const message =
      'No AWS credentials were found where Slipway runs: it needs an instance role, a profile, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'
    throw new ProviderError('credentials', message, { cause })
  }
}

export const notAllowed = (teamSlug: string): string =>
  `Team ${teamSlug} may not use the credentials of the machine. An administrator allows it with SLIPWAY_AMBIENT_AWS_TEAMS.`
