import type { EndpointSighting, ReplicaSighting } from '@/lib/domain/endpoint/self-rollout-types'
import type { EndpointState } from '@/lib/domain/endpoint/state'
import { replicaIdOf } from '../replica-id'
import { type AwsAccount, runtimeUrl } from './account'
import { replicaNameOf } from './instance'
import { currentRevision, type SeenEndpoint } from './inventory'
import { revisionOfName } from './naming'
import { revisionOf } from './tags'

/** Of a status alone, as lists of endpoints have it. */
export const stateOf = (status: string | undefined): EndpointState => (STATES[status ?? ''] ?? UNKNOWN).state

type Seen = { state: EndpointState; message: string }

const STATES: Record<string, Seen> = {
  Creating: { state: 'initializing', message: 'SageMaker is starting the instances and the container.' },
  Updating: { state: 'updating', message: 'SageMaker is moving to the new configuration.' },
  SystemUpdating: { state: 'updating', message: 'SageMaker is maintaining the instances.' },
  RollingBack: {
    state: 'updating',
    message: 'The new configuration failed; SageMaker goes back to the old one.',
  },
  InService: { state: 'running', message: 'Running.' },
  UpdateRollbackFailed: { state: 'updateFailed', message: 'The update failed, and going back failed too.' },
  OutOfService: { state: 'failed', message: 'SageMaker has taken it out of service.' },
  Failed: { state: 'failed', message: 'It failed at SageMaker; the logs may say why.' },
  Deleting: { state: 'updating', message: 'SageMaker is removing the instances.' },
}
const FAILED: Seen = {
  state: 'updateFailed',
  message: 'The update failed; the old configuration goes on.',
}
const SCALING: Seen = { state: 'running', message: 'Running; the number of instances is changing.' }
/** A status they add one day is shown as on its way. */
const UNKNOWN: Seen = { state: 'initializing', message: 'SageMaker is at work on it.' }

/** What SageMaker says of an endpoint, in our words. */
export function sightingOf(endpointId: string, seen: SeenEndpoint, account: AwsAccount): EndpointSighting {
  const { state, message } = STATES[seen.EndpointStatus ?? ''] ?? UNKNOWN
  const current = currentRevision(seen)
  const asked = revisionOf(seen.tags)
  // It went back to the old configuration: what was asked last has failed, and asking again would fail again.
  const hasFailed = state === 'running' && Boolean(seen.FailureReason) && asked !== null && asked !== current
  const moving = revisionOfName(seen.PendingDeploymentSummary?.EndpointConfigName)
  // Autoscaling at work: nothing else of it changes, and it answers.
  const isScaling =
    seen.EndpointStatus === 'Updating' &&
    !seen.PendingDeploymentSummary &&
    asked !== null &&
    asked === current
  const isBad = hasFailed || state === 'failed' || state === 'updateFailed'
  const replicas = replicasOf(endpointId, seen)
  const said = hasFailed ? FAILED : isScaling ? SCALING : { state, message }
  return {
    ...said,
    errorMessage: isBad ? (seen.FailureReason ?? null) : null,
    revision: hasFailed ? asked : (moving ?? current),
    ...(seen.EndpointConfigName ? { version: seen.EndpointConfigName } : {}),
    address: `${runtimeUrl(account)}/endpoints/${seen.EndpointName}/invocations`,
    readyReplicas: replicas.filter(replica => replica.state === 'running').length,
    targetReplicas: (seen.ProductionVariants ?? []).reduce(
      (sum, variant) => sum + (variant.DesiredInstanceCount ?? 0),
      0,
    ),
    replicas,
  }
}

/** Nothing runs, but a configuration is kept: what a pause leaves. */
export const pausedSighting = (configuration: string): EndpointSighting => ({
  state: 'paused',
  message: 'Paused: the endpoint is removed at SageMaker, its model and configuration are kept.',
  errorMessage: null,
  revision: revisionOfName(configuration),
  version: configuration,
  address: null,
  readyReplicas: 0,
  targetReplicas: 0,
  replicas: [],
})

/** SageMaker tells how many instances there are, not which: they are counted. */
function replicasOf(endpointId: string, seen: SeenEndpoint): ReplicaSighting[] {
  const { EndpointStatus: status } = seen
  if (status === 'Failed' || status === 'Deleting' || status === 'OutOfService') return []
  const startedMs = seen.CreationTime?.getTime() ?? 0
  const listed = (variant: string, count: number, state: 'running' | 'initializing') =>
    Array.from({ length: count }, (_, index) => {
      const name = replicaNameOf({ variant, startedMs, ordinal: index + 1 })
      const message = state === 'running' ? 'Ready.' : 'Starting at SageMaker.'
      return { id: replicaIdOf(endpointId, name), name, state, message }
    })
  const isCreating = status === 'Creating'
  const running = (seen.ProductionVariants ?? []).flatMap(variant =>
    listed(
      variant.VariantName ?? '',
      (isCreating ? variant.DesiredInstanceCount : variant.CurrentInstanceCount) ?? 0,
      isCreating ? 'initializing' : 'running',
    ),
  )
  const known = new Set(running.map(({ id }) => id))
  const coming = (seen.PendingDeploymentSummary?.ProductionVariants ?? []).flatMap(variant =>
    listed(
      variant.VariantName ?? '',
      variant.DesiredInstanceCount ?? variant.CurrentInstanceCount ?? 0,
      'initializing',
    ),
  )
  return [...running, ...coming.filter(({ id }) => !known.has(id))]
}
