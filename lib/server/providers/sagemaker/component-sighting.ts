import type { EndpointSighting, ReplicaSighting } from '@/lib/domain/endpoint/self-rollout-types'
import type { EndpointState } from '@/lib/domain/endpoint/state'
import { replicaIdOf } from '../replica-id'
import { type AwsAccount, runtimeUrl } from './account'
import type { SeenComponent } from './component'
import { replicaNameOf } from './instance'
import type { SeenEndpoint } from './inventory'
import { componentVariantOf } from './naming'

type Said = { state: EndpointState; message: string }

const desiredOf = (component: SeenComponent) => component.RuntimeConfig?.DesiredCopyCount ?? 0
const currentOf = (component: SeenComponent) => component.RuntimeConfig?.CurrentCopyCount ?? 0

/** While its number of copies changes it is being updated, and answers. */
const SERVING = ['InService', 'Updating']
const serves = ({ InferenceComponentStatus: status }: SeenComponent) => SERVING.includes(status ?? '')

/** Which one calls go to, as long as its successor is being made. */
export const servingOf = (components: readonly SeenComponent[]): SeenComponent | null =>
  components.find(serves) ?? null

/** What SageMaker says of an endpoint in service and of its components (newest first), in our words. */
export function componentSightingOf(
  endpointId: string,
  there: SeenEndpoint,
  components: readonly SeenComponent[],
  account: Pick<AwsAccount, 'region' | 'baseUrl'>,
): EndpointSighting {
  const [newest] = components
  const url = `${runtimeUrl(account)}/endpoints/${there.EndpointName}/invocations`
  // An endpoint without a component is what a pause leaves for a moment, and creating one begins with.
  if (!newest) return { ...EMPTY, address: null, replicas: instancesOf(endpointId, there, null, 0) }
  const serving = servingOf(components)
  const calls = serving ?? newest
  const said = saidOf(newest, serving)
  const isBad = said.state === 'failed' || said.state === 'updateFailed'
  return {
    ...said,
    errorMessage: isBad ? (newest.FailureReason ?? null) : null,
    revision: newest.revision,
    version: newest.name,
    // The component is no part of the address that is called: the gateway makes a header of it.
    address: `${url}#${calls.name}`,
    readyReplicas: serving ? currentOf(serving) : 0,
    targetReplicas: desiredOf(newest.InferenceComponentStatus === 'Failed' ? calls : newest),
    replicas: replicasOf(endpointId, there, newest, serving),
  }
}

const EMPTY = {
  state: 'paused',
  message: 'The endpoint is there without a model.',
  errorMessage: null,
  revision: null,
  readyReplicas: 0,
  targetReplicas: 0,
  isIncomplete: true,
} as const

function saidOf(newest: SeenComponent, serving: SeenComponent | null): Said {
  switch (newest.InferenceComponentStatus) {
    case 'Failed':
      return serving
        ? { state: 'updateFailed', message: 'The update failed; the old revision goes on.' }
        : { state: 'failed', message: 'It failed at SageMaker; the logs may say why.' }
    case 'Deleting':
      return { state: 'updating', message: 'SageMaker is removing the model from the endpoint.' }
    case 'InService':
    case 'Updating':
      if (currentOf(newest) > 0) return { state: 'running', message: 'Running.' }
      return desiredOf(newest) > 0
        ? { state: 'initializing', message: 'Waking: SageMaker starts an instance first, then the model.' }
        : {
            state: 'scaledToZero',
            message: 'Scaled to zero; the next request wakes it, which takes minutes.',
          }
    default:
      return serving
        ? { state: 'updating', message: 'SageMaker is starting the new revision beside the old one.' }
        : { state: 'initializing', message: 'SageMaker is starting an instance and the container.' }
  }
}

/**
 * A replica is an instance, which is what costs: one copy of the model runs on each. Those that have no copy yet, or
 * no longer, count as well.
 */
function replicasOf(
  endpointId: string,
  there: SeenEndpoint,
  newest: SeenComponent,
  serving: SeenComponent | null,
): ReplicaSighting[] {
  const coming = serving !== newest && newest.InferenceComponentStatus === 'Creating' ? newest : null
  const owner = serving ?? newest
  const beside = coming && serving ? desiredOf(coming) : 0
  const own = instancesOf(endpointId, there, owner, beside)
  if (beside === 0 || !coming) return own
  const added = Array.from({ length: beside }, (_, index) =>
    replicaOf(endpointId, coming, index + 1, 'initializing', 'Starting at SageMaker.'),
  )
  return [...own, ...added]
}

function instancesOf(
  endpointId: string,
  { ProductionVariants = [], CreationTime }: SeenEndpoint,
  owner: SeenComponent | null,
  beside: number,
): ReplicaSighting[] {
  const running = ProductionVariants.reduce(
    (sum, { CurrentInstanceCount = 0 }) => sum + CurrentInstanceCount,
    0,
  )
  const instances = Math.max(0, running - beside)
  const copies = owner && serves(owner) ? currentOf(owner) : 0
  const wanted = owner && owner.InferenceComponentStatus !== 'Failed' ? desiredOf(owner) : 0
  return Array.from({ length: Math.max(copies, wanted, instances) }, (_, index) => {
    const of = owner ?? { revision: 0, CreationTime }
    if (index < copies) return replicaOf(endpointId, of, index + 1, 'running', 'Ready.')
    if (index >= instances) return replicaOf(endpointId, of, index + 1, 'pending', 'Waiting for an instance.')
    const message =
      index < wanted ? 'Starting at SageMaker.' : 'An instance without a model; SageMaker will end it.'
    return replicaOf(endpointId, of, index + 1, 'initializing', message)
  })
}

function replicaOf(
  endpointId: string,
  { revision, CreationTime }: { revision: number; CreationTime: Date | undefined },
  ordinal: number,
  state: ReplicaSighting['state'],
  message: string,
): ReplicaSighting {
  const name = replicaNameOf({
    variant: componentVariantOf(revision),
    startedMs: CreationTime?.getTime() ?? 0,
    ordinal,
  })
  return { id: replicaIdOf(endpointId, name), name, state, message }
}
