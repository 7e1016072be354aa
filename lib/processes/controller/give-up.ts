import { hasExited } from '@/lib/domain/endpoint/rollout-groups'
import type { Happening, Replica } from '@/lib/domain/endpoint/rollout-types'
import { env } from '@/lib/server/env'
import type { Provider } from '@/lib/server/providers/port'
import { lastLines } from './last-lines'
import type { Loaded } from './load'
import { openSecrets } from './target'

/** The replica whose story tells why a revision was given up; null where none was. */
export const givenUp = (happenings: readonly Happening[]): Replica | null =>
  happenings.find(happening => happening.kind === 'gaveUp')?.replica ?? null

/** Why a replica was given up: its exits or what it hung at, and the last lines it wrote. */
export async function tellFailure(provider: Provider, loaded: Loaded, replica: Replica): Promise<string> {
  const { endpoint, revisions } = loaded
  const revision = revisions.get(replica.revision)
  const own = revision ? Object.values(openSecrets(endpoint.id, replica.revision, revision)) : []
  const { HF_TOKEN } = env()
  const secrets = HF_TOKEN ? [...own, HF_TOKEN] : own
  const lines = await lastLines(provider, {
    endpointId: endpoint.id,
    endpointName: endpoint.name,
    replicaId: replica.id,
    replicaName: replica.name,
    secrets,
  })
  const times = hasExited(replica) ? ` It ended ${replica.crashes} times in a row.` : ''
  const what = `${replica.name}: ${replica.message}${times}`
  return lines.length === 0 ? what : `${what} Its last lines:\n${lines.join('\n')}`
}
