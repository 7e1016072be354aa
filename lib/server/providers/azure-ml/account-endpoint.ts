import { DEFAULT_ADVANCED, type EndpointSpec, endpointSpec } from '@/lib/domain/endpoint/spec'
import type { AccountEndpoint } from '../port'
import type { AzureAccount } from './account'
import type { AutoscaleSetting, AzureDeployment, AzureEndpoint, AzureEnvironment } from './answers'
import { allTypes, azureNameOf } from './hardware'
import { secondsOf } from './kept'
import { revisionOfDeployment } from './naming'
import { rangeIn, scalingOf } from './scaling'
import { isOpenToTokens, isServing, sightingOf } from './sighting'
import { hasPortal, isOurs } from './tags'

/** One endpoint and what it is made of, as far as it is there. */
export type Described = {
  endpoint: AzureEndpoint
  deployments: readonly AzureDeployment[]
  /** Of the first deployment, where it is one of the workspace. */
  environment: AzureEnvironment | null
  /** What scales the first deployment. */
  settings: readonly AutoscaleSetting[]
}

/** One of the workspace's endpoints, whoever made it. */
export function accountEndpointOf(described: Described, account: AzureAccount): AccountEndpoint {
  const { endpoint, deployments } = described
  const { state, targetReplicas } = sightingOf('', endpoint, deployments, null)
  const owner = isOurs(endpoint.tags, account.portalId)
    ? ('ours' as const)
    : hasPortal(endpoint.tags)
      ? ('other' as const)
      : ('nobody' as const)
  const known = { name: endpoint.name, state, replicas: targetReplicas, owner }
  const problem = formProblem(deployments)
  const spec = problem === null ? specOf(described, account) : null
  return {
    ...known,
    spec,
    specProblem: spec === null ? (problem ?? 'Slipway has no words for its hardware or its model.') : null,
    manageProblem: lossProblem(described),
  }
}

/** What is no endpoint as Slipway knows them. */
function formProblem(deployments: readonly AzureDeployment[]): string | null {
  if (deployments.length === 0) return 'It has no deployment, so nobody can say what it is.'
  if (deployments.length > 1) return 'It has several deployments; Slipway’s endpoints have one.'
  return deployments[0]?.properties.endpointComputeType === 'Managed'
    ? null
    : 'It runs on a cluster of your own, not on Azure’s machines.'
}

/** What an update would lose, because our spec has no word for it. */
function lossProblem({ endpoint, deployments, environment, settings }: Described): string | null {
  const [deployment] = deployments
  const { model, codeConfiguration, dataCollector, egressPublicNetworkAccess } = deployment?.properties ?? {}
  const losses: [unknown, string][] = [
    [!isOpenToTokens(endpoint), 'it takes keys of its own, not tokens of Microsoft Entra'],
    [endpoint.identity?.type !== 'SystemAssigned', 'it has another identity than its own'],
    [Object.keys(endpoint.properties.mirrorTraffic ?? {}).length, 'its calls are mirrored'],
    [deployment && !isServing(endpoint, deployment.name), 'not all of its calls go to its deployment'],
    [model, 'it has a model of a registry or of the workspace'],
    [codeConfiguration, 'it runs code of its own'],
    [dataCollector, 'its requests are collected'],
    [egressPublicNetworkAccess === 'Disabled', 'its containers are cut off from the internet'],
    [settings.length, 'it is scaled by a setting of its own'],
    [containerIn(environment) === null, 'its environment is not just an image with routes'],
    [
      deployment && revisionOfDeployment(deployment.name) !== null,
      'its deployment is called as Slipway’s are',
    ],
  ]
  const loss = losses.find(([has]) => Boolean(has))?.[1]
  return loss ? `It stays read-only: ${loss}, which Slipway cannot set, so an update would lose it.` : null
}

/** A container as Slipway would describe it again; null for any other environment. */
export function containerIn(environment: AzureEnvironment | null) {
  const { image, build, condaFile, inferenceConfig } = environment?.properties ?? {}
  const { livenessRoute: live, readinessRoute: ready, scoringRoute: scoring } = inferenceConfig ?? {}
  if (!image || build || condaFile || !live || !ready || scoring?.path !== '/') return null
  const isOne = live.path === ready.path && live.port === ready.port && live.port === scoring.port
  return isOne ? { image, port: scoring.port, healthRoute: live.path === '/' ? null : live.path } : null
}

/** Where an environment's image has no word of its own, its id stands for it: it is only looked at. */
function specOf(
  { endpoint, deployments, environment, settings }: Described,
  { region }: AzureAccount,
): EndpointSpec | null {
  const [deployment] = deployments
  const {
    instanceType,
    model,
    environmentId,
    environmentVariables = {},
    requestSettings,
  } = deployment?.properties ?? {}
  const type = allTypes(region, new Map()).find(
    each => azureNameOf(each).toLowerCase() === instanceType?.toLowerCase(),
  )
  const image = environment?.properties.image ?? model ?? environmentId
  if (!type || !image) return null
  const container = containerIn(environment) ?? { image, port: 80, healthRoute: null }
  const [range] = settings.flatMap(setting => rangeIn(setting) ?? [])
  const count = deployment?.sku?.capacity ?? 1
  const isPrivate = endpoint.properties.publicNetworkAccess === 'Disabled'
  const env = Object.entries(environmentVariables).filter(([, value]) => value !== null)
  const requestSeconds = Math.ceil(secondsOf(requestSettings?.requestTimeout) ?? 0)
  const spec = endpointSpec.safeParse({
    model: { source: { kind: 'image' }, task: 'custom' },
    hardware: {
      provider: 'azure-ml',
      connection: null,
      region,
      instanceType: type.id,
      scaling: range
        ? scalingOf(range)
        : { minReplicas: count, maxReplicas: count, scaleToZeroTimeoutMinutes: null },
    },
    security: { level: 'protected' },
    ...(isPrivate ? { network: { private: { link: { kind: 'azure-ml' }, calls: { by: 'direct' } } } } : {}),
    advanced: {
      ...DEFAULT_ADVANCED,
      engine: { kind: 'container', ...container, command: [], args: [] },
      env: Object.fromEntries(env),
      ...(requestSeconds > 0 ? { requestTimeoutSeconds: requestSeconds } : {}),
    },
    secretNames: [],
  })
  return spec.success ? spec.data : null
}
