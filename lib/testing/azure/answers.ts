// Part of a stand-in for Azure Machine Learning: what each operation does in the workspace, and how it is answered.
import { randomUUID } from 'node:crypto'
import { autoscaleHandlers } from './autoscale'
import type { Deployment } from './deployment'
import { prices, usages, vmSizes } from './hardware'
import { metricsOf } from './monitor'
import type { Rbac } from './rbac'
import { missing, userError } from './refused'
import type { DeploymentAsked, EndpointAsked, EnvironmentAsked, Online, Workspace } from './workspace'

export type Answer = { status: number; body: unknown; headers?: Record<string, string> }
export type Asked = {
  path: string
  /** Of the server, for addresses in answers. */
  origin: string
  names: Readonly<Record<string, string>>
  search: URLSearchParams
  body: unknown
}
type Handler = (asked: Asked) => Answer | Promise<Answer>

const ok = (body: unknown): Answer => ({ status: 200, body })
const GONE: Answer = { status: 204, body: null }

/** By the specification's `operationId`, spelt as names are here. */
export function handlersOf(workspace: Workspace, rbac: Rbac): Record<string, Handler> {
  const operations = new Map<string, Deployment | null>()
  const begin = (origin: string, path: string, of: Deployment | null) => {
    const id = randomUUID()
    operations.set(id, of)
    const place = path.replace(/(\/subscriptions\/[^/]+)\/.*/, '$1')
    const status = `providers/Microsoft.MachineLearningServices/locations/eastus/mfeOperationsStatus/${id}`
    return `${origin}${place}/${status}?api-version=2024-10-01`
  }
  const deleting = ({ origin, path }: Asked, isThere: boolean): Answer =>
    isThere
      ? { status: 202, body: null, headers: { location: begin(origin, path, null), 'retry-after': '10' } }
      : GONE
  return {
    retailPrices: ({ search }) => ok(prices(search.get('$filter') ?? '')),
    usagesList: ({ path }) => ok(usages(path.split('/')[2] ?? '')),
    virtualMachineSizesList: () => ok(vmSizes()),
    operation: ({ names: { operation = '' } }) => {
      if (!operations.has(operation)) throw missing('The operation')
      return ok(statusOf(operations.get(operation) ?? null))
    },
    workspacesGet: ({ path, names: { workspace: name = '' } }) => {
      if (name !== rbac.place.workspace) throw missing(`Workspace ${name}`)
      const type = 'Microsoft.MachineLearningServices/workspaces'
      return ok({ id: path, name, type, location: rbac.place.region, properties: {} })
    },
    ...autoscaleHandlers(workspace),
    metricsList: asked => metricsOf(workspace, asked),
    permissionsListForResource: () => ok({ value: rbac.listed() }),
    permissionsListForResourceGroup: () => ok({ value: rbac.listed() }),
    ...endpointHandlers(workspace, begin, deleting),
    ...deploymentHandlers(workspace, begin, deleting),
    ...environmentHandlers(workspace),
  }
}

type Begin = (origin: string, path: string, of: Deployment | null) => string
type Deleting = (asked: Asked, isThere: boolean) => Answer

function endpointHandlers(workspace: Workspace, begin: Begin, deleting: Deleting): Record<string, Handler> {
  return {
    onlineEndpointsList: ({ path }) =>
      ok({ value: [...workspace.endpoints].map(([name, each]) => endpointOf(`${path}/${name}`, each)) }),
    onlineEndpointsGet: ({ path, names: { endpoint = '' } }) =>
      ok(endpointOf(path, workspace.endpoint(endpoint))),
    onlineEndpointsCreateOrUpdate: async ({ path, origin, names: { endpoint = '' }, body }) => {
      const isNew = await workspace.putEndpoint(endpoint, body as EndpointAsked)
      const told = endpointOf(path, workspace.endpoint(endpoint))
      return started(isNew, told, begin(origin, path, null))
    },
    onlineEndpointsUpdate: ({ path, names: { endpoint = '' }, body }) => {
      workspace.changeEndpoint(endpoint, body as Pick<EndpointAsked, 'tags'>)
      return ok(endpointOf(path, workspace.endpoint(endpoint)))
    },
    onlineEndpointsDelete: asked => deleting(asked, workspace.deleteEndpoint(asked.names.endpoint ?? '')),
  }
}

function deploymentHandlers(workspace: Workspace, begin: Begin, deleting: Deleting): Record<string, Handler> {
  return {
    onlineDeploymentsList: ({ path, names: { endpoint = '' } }) => {
      const found = [...workspace.endpoint(endpoint).deployments.values()]
      return ok({ value: found.map(each => deploymentOf(`${path}/${each.name}`, each)) })
    },
    onlineDeploymentsCreateOrUpdate: async ({ path, origin, names, body }) => {
      const { endpoint = '', deployment: name = '' } = names
      const isNew = await workspace.putDeployment(endpoint, name, body as DeploymentAsked)
      const deployment = workspace.deployment(endpoint, name)
      return started(isNew, deploymentOf(path, deployment), begin(origin, path, deployment))
    },
    onlineDeploymentsUpdate: ({ path, names: { endpoint = '', deployment: name = '' }, body }) => {
      workspace.changeDeployment(endpoint, name, body as Pick<DeploymentAsked, 'sku'>)
      return ok(deploymentOf(path, workspace.deployment(endpoint, name)))
    },
    onlineDeploymentsDelete: asked => {
      const { endpoint = '', deployment = '' } = asked.names
      return deleting(asked, workspace.deleteDeployment(endpoint, deployment))
    },
    onlineDeploymentsGetLogs: ({ names: { endpoint = '', deployment = '' }, body }) =>
      ok({
        content: workspace.deployment(endpoint, deployment).tail((body as { tail?: number }).tail ?? 5_000),
      }),
  }
}

function environmentHandlers({ environments }: Workspace): Record<string, Handler> {
  return {
    environmentVersionsList: ({ path, names: { environment = '' } }) => {
      const versions = environments.get(environment)
      if (!versions) throw missing(`Environment ${environment}`)
      return ok({
        value: [...versions].map(([version, asked]) => environmentOf(`${path}/${version}`, asked)),
      })
    },
    environmentVersionsGet: ({ path, names: { environment = '', version = '' } }) => {
      const versions = environments.get(environment)
      if (!versions?.has(version)) throw missing(`Version ${version} of ${environment}`)
      return ok(environmentOf(path, versions.get(version)))
    },
    environmentVersionsCreateOrUpdate: ({ path, names: { environment = '', version = '' }, body }) => {
      const versions = environments.get(environment) ?? new Map<string, EnvironmentAsked>()
      const known = versions.get(version)
      if (known && JSON.stringify(known) !== JSON.stringify(body))
        throw userError(`Version ${version} of ${environment} is there already, and versions never change.`)
      environments.set(environment, versions.set(version, body as EnvironmentAsked))
      return { status: known ? 200 : 201, body: environmentOf(path, body) }
    },
    environmentVersionsDelete: ({ names: { environment = '', version = '' } }) => {
      const versions = environments.get(environment)
      const isThere = versions?.delete(version) ?? false
      if (versions?.size === 0) environments.delete(environment)
      return isThere ? { status: 200, body: null } : GONE
    },
  }
}

const started = (isNew: boolean, body: unknown, operation: string): Answer => ({
  status: isNew ? 201 : 200,
  body,
  headers: { 'azure-asyncoperation': operation, 'x-ms-async-operation-timeout': 'PT1H' },
})

const TYPE = 'Microsoft.MachineLearningServices/workspaces'
const named = (path: string, type: string) => ({
  id: path,
  name: path.split('/').at(-1),
  type: `${TYPE}/${type}`,
})

function endpointOf(path: string, { asked, state, traffic, door }: Online) {
  const properties = {
    ...asked.properties,
    traffic,
    provisioningState: state,
    scoringUri: state === 'Creating' ? null : door.scoringUri,
  }
  return { ...asked, ...named(path, 'onlineEndpoints'), properties }
}

function deploymentOf(path: string, { asked, state, createdAt }: Deployment) {
  const properties = { ...asked.properties, provisioningState: state }
  return { ...asked, ...named(path, 'onlineEndpoints/deployments'), properties, systemData: { createdAt } }
}

const environmentOf = (path: string, asked: unknown) => ({
  ...(asked as object),
  ...named(path, 'environments/versions'),
})

function statusOf(deployment: Deployment | null) {
  if (deployment?.state === 'Creating') return { status: 'InProgress' }
  if (!deployment?.failure) return { status: 'Succeeded' }
  return { status: 'Failed', error: { code: 'ResourceNotReady', message: deployment.failure } }
}
