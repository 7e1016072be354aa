import type { EndpointSighting, ReplicaSighting } from '@/lib/domain/endpoint/self-rollout-types'
import { replicaIdOf } from '../replica-id'
import type { AzureDeployment, AzureEndpoint } from './answers'
import { deploymentNameOf, replicaNameOf, revisionOfDeployment } from './naming'
import { hasPortal, revisionOf, takenOf } from './tags'

const BUSY = ['Creating', 'Updating', 'Scaling', 'Deleting']
const BROKEN = ['Failed', 'Canceled']

type Stateful = { properties: { provisioningState?: string | null | undefined } }

/** In these nothing can be asked of it: the next look decides. */
export const isBusy = ({ properties }: Stateful): boolean => BUSY.includes(properties.provisioningState ?? '')
export const isBroken = ({ properties }: Stateful): boolean =>
  BROKEN.includes(properties.provisioningState ?? '')
/** It answers meanwhile: Azure replaces one instance after the other. */
const isChanging = ({ properties }: Stateful): boolean => properties.provisioningState === 'Updating'
const isScaling = ({ properties }: Stateful): boolean => properties.provisioningState === 'Scaling'
const isGoing = ({ properties }: Stateful): boolean => properties.provisioningState === 'Deleting'

/** Gets every call. */
export const isServing = ({ properties }: AzureEndpoint, deployment: string): boolean =>
  properties.traffic[deployment] === 100

/** The one of the newest revision, of those that are not being removed. */
export function newestOf(deployments: readonly AzureDeployment[]): AzureDeployment | null {
  const byRevision = ({ name }: AzureDeployment) => revisionOfDeployment(name) ?? 0
  return (
    deployments.filter(each => !isGoing(each)).toSorted((a, b) => byRevision(b) - byRevision(a))[0] ?? null
  )
}

/** What a revision is called at an endpoint: as ours are, or as what was taken over is. */
export function deploymentOf(
  { tags }: AzureEndpoint,
  deployments: readonly AzureDeployment[],
  revision: number,
): string {
  const taken = takenOf(tags)
  const isThere = taken?.revision === revision && deployments.some(({ name }) => name === taken.deployment)
  return isThere ? taken.deployment : deploymentNameOf(revision)
}

function revisionAt({ tags }: AzureEndpoint, deployment: string): number | null {
  const taken = takenOf(tags)
  return taken?.deployment === deployment ? taken.revision : revisionOfDeployment(deployment)
}

type Told = Pick<EndpointSighting, 'state' | 'message' | 'revision'> & { errorMessage?: string }

/**
 * What Azure says of an endpoint, in our words. The revision is reported when everything of it is done: while traffic
 * has not moved or an older deployment is there, the controller must go on asking.
 */
export function sightingOf(
  endpointId: string,
  endpoint: AzureEndpoint,
  deployments: readonly AzureDeployment[],
  failure: string | null,
): EndpointSighting {
  const newest = newestOf(deployments)
  const replicas = deployments.filter(each => !isGoing(each)).flatMap(each => replicasOf(endpointId, each))
  const { errorMessage = null, ...told } = tell(endpoint, deployments, newest, failure)
  return {
    ...told,
    errorMessage,
    address: addressOf(endpoint),
    readyReplicas: replicas.filter(({ state }) => state === 'running').length,
    targetReplicas: newest ? capacityOf(newest) : 0,
    replicas,
  }
}

function tell(
  endpoint: AzureEndpoint,
  deployments: readonly AzureDeployment[],
  newest: AzureDeployment | null,
  failure: string | null,
): Told {
  const before = revisionOf(endpoint.tags)
  if (isGoing(endpoint)) return { state: 'updating', message: 'Azure is removing it.', revision: before }
  if (!newest) return withoutDeployment(endpoint, deployments.length > 0)
  if (!hasPortal(endpoint.tags)) return tellTheirs(endpoint, deployments)
  const revision = revisionAt(endpoint, newest.name)
  const others = deployments.filter(({ name }) => name !== newest.name)
  const isElsewhere = others.some(({ name }) => isServing(endpoint, name))
  if (isBroken(newest))
    return {
      state: isElsewhere ? 'updateFailed' : 'failed',
      message: isElsewhere ? 'The update failed; the old deployment goes on.' : 'It failed at Azure.',
      errorMessage: failure ?? 'Azure says that the deployment failed, and no more. Its log may say why.',
      revision,
    }
  const isAlone = others.every(isGoing)
  if (isScaling(newest) && isServing(endpoint, newest.name) && isAlone)
    return { state: 'running', message: 'Running; the number of instances is changing.', revision }
  if (isChanging(newest) && isServing(endpoint, newest.name) && isAlone)
    return {
      state: 'updating',
      message: 'Azure is changing its deployment, which goes on answering.',
      revision,
    }
  if (!isBusy(newest) && isServing(endpoint, newest.name) && isAlone)
    return { state: 'running', message: 'Running.', revision }
  return isElsewhere
    ? { state: 'updating', message: 'Azure is moving to the new deployment.', revision: null }
    : { state: 'initializing', message: 'Azure is starting the instances and the container.', revision: null }
}

const NO_TOKENS =
  'Running. It takes keys of its own, not tokens of Microsoft Entra, so it cannot be called through Slipway.'

/** Of an endpoint that is only looked at: it may have several deployments, and no revision. */
function tellTheirs(endpoint: AzureEndpoint, deployments: readonly AzureDeployment[]): Told {
  const called = deployments.filter(({ name }) => (endpoint.properties.traffic[name] ?? 0) > 0)
  if (called.some(each => !isBroken(each) && (!isBusy(each) || isScaling(each))))
    return { state: 'running', message: isOpenToTokens(endpoint) ? 'Running.' : NO_TOKENS, revision: null }
  if (deployments.some(isBusy))
    return {
      state: 'initializing',
      message: 'Azure is starting the instances and the container.',
      revision: null,
    }
  const message =
    called.length > 0
      ? 'Its deployment failed at Azure; its log may say why.'
      : 'No deployment of it gets calls.'
  return { state: 'failed', message, revision: null }
}

/** The gateway calls with a token of Entra and nothing else. */
export const isOpenToTokens = ({ properties }: AzureEndpoint): boolean => properties.authMode === 'AADToken'

function withoutDeployment(endpoint: AzureEndpoint, areGoing: boolean): Told {
  const revision = revisionOf(endpoint.tags)
  if (areGoing) return { state: 'updating', message: 'Azure is removing the instances.', revision }
  if (isBusy(endpoint)) return { state: 'initializing', message: 'Azure is making the endpoint.', revision }
  const message = 'Paused: the deployment is removed at Azure, the endpoint and its address are kept.'
  return { state: 'paused', message, revision }
}

/** The route for scoring, which its container or its model's names; other routes lead to the container as well. */
function addressOf(endpoint: AzureEndpoint): string | null {
  const { scoringUri } = endpoint.properties
  if (!isOpenToTokens(endpoint)) return null
  return scoringUri && URL.canParse(scoringUri) ? scoringUri.replace(/\/+$/, '') : null
}

const capacityOf = ({ sku }: AzureDeployment): number => sku?.capacity ?? 1

/** Azure tells how many instances there are, not which: they are counted. */
function replicasOf(endpointId: string, deployment: AzureDeployment): ReplicaSighting[] {
  const createdMs = Date.parse(deployment.systemData?.createdAt ?? '') || 0
  const { state, message } = isBroken(deployment)
    ? ({ state: 'failed', message: 'Its deployment failed.' } as const)
    : isBusy(deployment) && !isScaling(deployment) && !isChanging(deployment)
      ? ({ state: 'initializing', message: 'Starting at Azure.' } as const)
      : ({ state: 'running', message: 'Ready.' } as const)
  return Array.from({ length: capacityOf(deployment) }, (_, index) => {
    const name = replicaNameOf({ deployment: deployment.name, createdMs, ordinal: index + 1 })
    return { id: replicaIdOf(endpointId, name), name, state, message }
  })
}
