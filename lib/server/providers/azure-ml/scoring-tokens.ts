import type { AllowedHosts } from '@/lib/server/outbound/address-rule'
import { JsonCaller } from '../json-caller'
import { type AzureAccount, SCORING_SCOPE } from './account'
import { EntraTokens } from './tokens'

/** What the gateway knows of an account: enough to call its endpoints. */
export type ScoringAccount = Pick<AzureAccount, 'tenantId' | 'baseUrl' | 'secret'>

/** A request waits for it: better told soon than late. */
const TIMEOUT_MS = 8_000
/** Apps at work at once; of replaced secrets nobody asks again. */
const MOST_APPS = 500

const apps = new Map<string, EntraTokens>()

/** Tokens to call endpoints with, one per app and process whatever the number of its endpoints. */
export function scoringTokens(account: ScoringAccount, allowed: AllowedHosts) {
  const { tenantId, baseUrl, secret } = account
  const key = JSON.stringify([tenantId, baseUrl, secret])
  const known = apps.get(key)
  const tokens = known ?? new EntraTokens(account, new JsonCaller(allowed, { timeoutMs: TIMEOUT_MS }))
  if (!known) {
    const [oldest] = apps.keys()
    if (apps.size >= MOST_APPS && oldest !== undefined) apps.delete(oldest)
    apps.set(key, tokens)
  }
  return {
    /** @throws ProviderError */
    get: () => tokens.of(SCORING_SCOPE),
    refused: (token: string) => tokens.refused(SCORING_SCOPE, token),
  }
}
