import { type ConnectionKind, type ConnectionSecrets, SECRETS } from '@/lib/domain/connections/connection'
import type { ScoringAccount } from './azure-ml/scoring-tokens'
import type { InvokingAccount } from './sagemaker/invocation'

type Upstream = {
  kind: ConnectionKind
  /** Each where the kind has one. */
  region: string | null
  tenantId: string | null
  baseUrl: string | null
  secrets: ConnectionSecrets
  patienceSeconds: number
}

/**
 * How a provider's own front door is passed: by headers that say who asks, by a
 * signature over the call, or by a token that is asked for and ends.
 */
export type UpstreamAccess =
  | { kind: 'headers'; headers: readonly string[] }
  | { kind: 'sagemaker'; account: InvokingAccount }
  | { kind: 'azure-ml'; account: ScoringAccount }

/** Null where the secrets are of another kind. `headers` is flat, as undici takes it. */
export function upstreamAccess(upstream: Upstream): UpstreamAccess | null {
  const { kind, region, tenantId, baseUrl, secrets, patienceSeconds } = upstream
  switch (kind) {
    case 'huggingface': {
      const own = SECRETS.huggingface.safeParse(secrets)
      if (!own.success) return null
      // A sleeping endpoint is waited for.
      const wake = ['x-scale-up-timeout', String(patienceSeconds)]
      return { kind: 'headers', headers: ['authorization', `Bearer ${own.data.token}`, ...wake] }
    }
    case 'sagemaker': {
      const keys = SECRETS.sagemaker.safeParse(secrets)
      return keys.success && region !== null ? { kind, account: { region, keys: keys.data } } : null
    }
    case 'azure-ml': {
      const secret = SECRETS['azure-ml'].safeParse(secrets)
      if (!secret.success || tenantId === null) return null
      return { kind, account: { tenantId, baseUrl, secret: secret.data } }
    }
  }
}
