import type { EndpointSpec, Engine } from '@/lib/domain/endpoint/spec'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { ProviderError, type Wish } from '../port'
import { type AzureAccount, workspacePath } from './account'
import type { AzureDeployment } from './answers'
import { azureNameOf } from './hardware'
import type { Kept } from './kept'
import { ownNameOf } from './naming'
import { replicasText } from './scaling'
import { isBroken } from './sighting'
import { type AzureTags, tagsOf } from './tags'

export type Container = Extract<Engine, { kind: 'container' }>

/** Azure's own limit; the gateway's may be shorter. */
const MAX_REQUEST_SECONDS = 180

export const containerOf = ({ advanced }: EndpointSpec): Container | null =>
  advanced.engine.kind === 'container' ? advanced.engine : null

/** Whether callers outside the workspace's private endpoints are heard. */
export type PublicAccess = 'Enabled' | 'Disabled'
export const publicAccessOf = ({ network }: EndpointSpec): PublicAccess =>
  network?.private ? 'Disabled' : 'Enabled'

/** What answers for the deployments. The level is always closed: calls need a token of Microsoft Entra. */
export const endpointBody = (
  { region }: AzureAccount,
  tags: AzureTags,
  traffic: Readonly<Record<string, number>>,
  publicNetworkAccess: PublicAccess,
) => ({
  location: region,
  tags,
  identity: { type: 'SystemAssigned' },
  properties: { authMode: 'AADToken', publicNetworkAccess, traffic },
})

/** A container of the user's own, as Azure wants to be told of it. */
export const environmentBody = ({ image, port, healthRoute }: Container, tags: AzureTags) => {
  const health = { path: healthRoute ?? '/', port }
  const inferenceConfig = {
    livenessRoute: health,
    readinessRoute: health,
    scoringRoute: { path: '/', port },
  }
  return { properties: { image, osType: 'Linux', isAnonymous: false, inferenceConfig, tags } }
}

/**
 * One revision at work. Azure has no store for secrets of a deployment: they become environment variables, which
 * whoever may read deployments of the workspace can see.
 */
export function deploymentBody(
  wish: Wish,
  account: AzureAccount,
  { type, startCount, kept }: { type: InstanceType; startCount: number; kept: Partial<Kept> },
) {
  const { spec, secrets, revision } = wish
  const { scaling } = spec.hardware
  const requestSeconds = Math.min(spec.advanced.requestTimeoutSeconds, MAX_REQUEST_SECONDS)
  return {
    location: account.region,
    tags: tagsOf({ ...wish, portalId: account.portalId, replicas: replicasText(scaling) }),
    sku: { name: 'Default', capacity: startCount },
    properties: {
      endpointComputeType: 'Managed',
      instanceType: azureNameOf(type),
      environmentVariables: { ...spec.advanced.env, ...secrets },
      scaleSettings: { scaleType: 'Default' },
      ...kept,
      requestSettings: { ...kept.requestSettings, requestTimeout: `PT${requestSeconds}S` },
      ...(containerOf(spec)
        ? {
            environmentId: `${workspacePath(account)}/environments/${ownNameOf(wish)}/versions/${revision}`,
          }
        : { model: registryModel(spec) }),
    },
  }
}

/**
 * A Hub model as Hugging Face publishes it in Azure's registry, with a container that suits it. The registry has
 * versions of its own: a commit of the Hub cannot be asked for.
 */
function registryModel({ model }: EndpointSpec): string {
  if (model.source.kind !== 'hub')
    throw new ProviderError(
      'invalid_spec',
      'Azure cannot read models of this machine; choose one from the Hub.',
    )
  const name = model.source.repository.replace(/[/_]/g, '-').toLowerCase()
  return `azureml://registries/HuggingFace/models/${name}/labels/latest`
}

/** With as many as its load has brought about until now. */
export function startCount({ spec }: Wish, others: readonly AzureDeployment[]): number {
  const { minReplicas, maxReplicas } = spec.hardware.scaling
  const now = Math.max(0, ...others.filter(each => !isBroken(each)).map(({ sku }) => sku?.capacity ?? 0))
  return Math.min(maxReplicas, Math.max(minReplicas, now))
}
