import type { TokenCredential } from '@azure/identity'
import { env } from '@/lib/server/env'
import { ProviderError } from '../port'

/** A token, and when it ends. */
export type Issued = { value: string; endsMs: number }

let chain: Promise<TokenCredential> | null = null

export const mayUseAmbientAzure = (teamSlug: string): boolean =>
  env().SLIPWAY_AMBIENT_AZURE_TEAMS.includes(teamSlug)

/**
 * A token of the identity that Microsoft's own chain finds where Slipway runs. Asked at every use: an administrator
 * who takes the permission back has taken it back. @throws ProviderError
 */
export async function ambientToken(teamSlug: string, scope: string): Promise<Issued> {
  if (!mayUseAmbientAzure(teamSlug)) throw new ProviderError('credentials', notAllowed(teamSlug))
  chain ??= import('@azure/identity').then(({ DefaultAzureCredential }) => new DefaultAzureCredential())
  try {
    const found = await (await chain).getToken(scope)
    if (found) return { value: found.token, endsMs: found.expiresOnTimestamp }
    throw new Error('the chain gave no token')
  } catch (cause) {
    const message =
      'No Azure credentials were found where Slipway runs: it needs a managed identity, a workload identity, or AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET.'
    throw new ProviderError('credentials', message, { cause })
  }
}

export const notAllowed = (teamSlug: string): string =>
  `Team ${teamSlug} may not use the credentials of the machine. An administrator allows it with SLIPWAY_AMBIENT_AZURE_TEAMS.`
