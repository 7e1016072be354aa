import { randomUUID } from 'node:crypto'
import type { Security } from '@/lib/domain/access/security-schema'
import type { DesiredState, EndpointState } from '@/lib/domain/endpoint/state'
import type { Database } from '@/lib/server/db/client'
import { notify } from '@/lib/server/db/notify'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { replicaIntervals } from '@/lib/server/db/schema/replica-intervals'
import { replicas } from '@/lib/server/db/schema/replicas'
import { revisions } from '@/lib/server/db/schema/revisions'
import type { TestTeam } from './access'
import { sampleSpec } from './specs'

type Replica = { address: string; revision: number }
type Changes = {
  security?: Security
  state?: EndpointState
  desired?: DesiredState
  stateMessage?: string
  requestTimeoutSeconds?: number
  /** Addresses of its replicas, all of revision 1, or with the revision each is of. */
  replicas?: readonly (string | Replica)[]
  /** Holds its lease for ever under this name, so that no controller touches it. */
  heldBy?: string
}

export type TestEndpoint = { id: string; name: string; path: string; replicaIds: string[] }

/** An endpoint as portal and controller leave it in the database: running, with replicas at these addresses. */
export async function insertServingEndpoint(
  db: Database,
  team: TestTeam,
  changes: Changes = {},
): Promise<TestEndpoint> {
  const id = randomUUID()
  const name = `e-${id.slice(0, 8)}`
  const placed = (changes.replicas ?? []).map(replica =>
    typeof replica === 'string' ? { address: replica, revision: 1 } : replica,
  )
  const newest = Math.max(1, ...placed.map(({ revision }) => revision))
  const replicaIds = placed.map(() => randomUUID())
  await db.transaction(async tx => {
    await tx.insert(endpoints).values({
      id,
      teamId: team.id,
      name,
      provider: 'local',
      revision: newest,
      servingRevision: newest,
      state: changes.state ?? 'running',
      desired: changes.desired ?? 'present',
      stateMessage: changes.stateMessage ?? '',
      ...(changes.heldBy ? { leaseHolder: changes.heldBy, leaseExpiresAt: new Date(Date.now() + 1e10) } : {}),
    })
    for (let number = 1; number <= newest; number++)
      await tx.insert(revisions).values({
        endpointId: id,
        number,
        spec: specOf(changes),
        summary: number === 1 ? 'Created' : 'Changed',
      })
    for (const [i, { address, revision }] of placed.entries()) {
      const replicaId = replicaIds[i] ?? ''
      const name = `r${revision}-${i}`
      await tx
        .insert(replicas)
        .values({ id: replicaId, endpointId: id, revision, name, state: 'running', address })
      await tx.insert(replicaIntervals).values({
        endpointId: id,
        replicaId,
        state: 'running',
        startedAt: new Date(),
        instanceType: specOf(changes).hardware.instanceType,
      })
    }
    await notify(tx, 'endpoints')
  })
  return { id, name, path: `/${team.slug}/${name}`, replicaIds }
}

function specOf({ security = { level: 'protected' }, requestTimeoutSeconds = 5 }: Changes) {
  const sample = sampleSpec()
  return { ...sample, security, secretNames: [], advanced: { ...sample.advanced, requestTimeoutSeconds } }
}
