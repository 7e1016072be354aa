import type { ConnectionSecrets, ConnectionSettings } from '@/lib/domain/connections/connection'

type Upstream = { kind: ConnectionSettings['kind']; secrets: ConnectionSecrets; patienceSeconds: number }

/** What a provider's own front door wants of each request: who asks, and that a sleeping endpoint is waited for. */
export function upstreamHeaders({ kind, secrets, patienceSeconds }: Upstream): Record<string, string> {
  switch (kind) {
    case 'huggingface':
      return {
        authorization: `Bearer ${secrets.token}`,
        'x-scale-up-timeout': String(patienceSeconds),
      }
  }
}
