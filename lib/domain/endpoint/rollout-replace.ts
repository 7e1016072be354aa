import { type Groups, isReady, wasEverReady } from './rollout-groups'
import type { Replica, Step } from './rollout-types'

type Leaving = { replica: Replica; reason: string }

/**
 * From the replicas there are to the wanted number of current ones, with at most one more than wanted at a time:
 * start a current one, and when it is ready drain an old one. Ready replicas are drained only while more than
 * wanted are ready.
 */
export function planReplacement(groups: Groups, activeRevision: number): Step[] {
  const { wanted, current, ready, occupying } = groups
  const create = Math.max(0, Math.min(wanted - current.length, wanted + 1 - occupying))
  const creating: Step[] = Array.from({ length: create }, () => ({
    kind: 'create',
    revision: activeRevision,
  }))

  const leaving = [...leavingOld(groups, activeRevision), ...surplus(groups)]
  const drainable = leaving.filter(({ replica }) => isReady(replica)).slice(0, Math.max(0, ready - wanted))
  const useless = leaving.filter(({ replica }) => !isReady(replica))
  return [
    ...creating,
    ...drainable.map(({ replica, reason }): Step => ({ kind: 'drain', replicaId: replica.id, reason })),
    ...useless.map(({ replica, reason }): Step => ({ kind: 'letGo', replicaId: replica.id, reason })),
  ]
}

/** Old ones that served before are kept through a crash, as many as are missing until enough others are ready. */
function leavingOld({ old, ready, wanted }: Groups, activeRevision: number): Leaving[] {
  const returning = old
    .filter(replica => !isReady(replica) && wasEverReady(replica))
    .sort((a, b) => a.crashes - b.crashes)
    .slice(0, Math.max(0, wanted - ready))
  return old
    .filter(replica => !returning.includes(replica))
    .sort(oldestFirst)
    .map(replica => ({ replica, reason: `revision ${activeRevision} replaces it` }))
}

function surplus({ current, wanted }: Groups): Leaving[] {
  const reason = wanted === 1 ? 'one replica is wanted' : `${wanted} replicas are wanted`
  return [...current]
    .sort(newestFirst)
    .slice(0, Math.max(0, current.length - wanted))
    .map(replica => ({ replica, reason }))
}

const unreadyFirst = (a: Replica, b: Replica) => Number(isReady(a)) - Number(isReady(b))
const oldestFirst = (a: Replica, b: Replica) => unreadyFirst(a, b) || a.createdAtMs - b.createdAtMs
const newestFirst = (a: Replica, b: Replica) => unreadyFirst(a, b) || b.createdAtMs - a.createdAtMs
