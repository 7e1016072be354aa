import type { ReplicaView } from './view'

/** HF's list of an endpoint's replicas: those there are now, by the id that its logs name. */
export const toHfReplicas = (replicas: readonly Pick<ReplicaView, 'id' | 'state' | 'stoppedAt'>[]) => ({
  items: replicas
    .filter(({ stoppedAt }) => stoppedAt === null)
    .map(({ id, state }) => ({ id, status: { stage: state, live: state === 'running' } })),
})
