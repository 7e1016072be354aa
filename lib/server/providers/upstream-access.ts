import { type ConnectionKind, type ConnectionSecrets, SECRETS } from '@/lib/domain/connections/connection'
import type { InvokingAccount } from './sagemaker/invocation'

type Upstream = {
  kind: ConnectionKind
  /** Where the kind has one. */
  region: string | null
  secrets: ConnectionSecrets
  patienceSeconds: number
}

/** How a provider's own front door is passed: by headers that say who asks, or by a signature over the call. */
export type UpstreamAccess =
  | { kind: 'headers'; headers: readonly string[] }
  | { kind: 'sagemaker'; account: InvokingAccount }

/** Null where the secrets are of another kind. `headers` is flat, as undici takes it. */
export function upstreamAccess({ kind, region, secrets, patienceSeconds }: Upstream): UpstreamAccess | null {
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
  }
}
