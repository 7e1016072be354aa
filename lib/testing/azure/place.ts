// Part of a stand-in for Azure: an account of the tests, and what is in it by other means than the provider's.
import { setTimeout as sleep } from 'node:timers/promises'
import { DEFAULT_ADVANCED, DEFAULT_SCALING, type EndpointSpec } from '@/lib/domain/endpoint/spec'
import { type AzureAccount, workspacePath } from '@/lib/server/providers/azure-ml/account'
import { marksOf } from '../marks'
import { APP, AzureEdge, PLACE } from './edge'

const REGION = PLACE.region

export const azureSpec = (env: Record<string, string> = {}): EndpointSpec => ({
  model: {
    source: { kind: 'hub', repository: 'slipway/sample', revision: 'a'.repeat(40) },
    task: 'text-classification',
  },
  hardware: {
    provider: 'azure-ml',
    connection: null,
    region: REGION,
    instanceType: `azure-${REGION}-DSv2-DS3_v2`,
    scaling: DEFAULT_SCALING,
  },
  security: { level: 'protected' },
  advanced: { ...DEFAULT_ADVANCED, env },
  secretNames: [],
})

/** The same of a container of one's own. */
export function containerSpec(image: string): EndpointSpec {
  const spec = azureSpec()
  const routes = { port: 8000, healthRoute: '/health', command: [], args: [] }
  return { ...spec, advanced: { ...spec.advanced, engine: { kind: 'container', image, ...routes } } }
}

export async function startAzurePlace() {
  const edge = await new AzureEdge().start()
  const { tenantId, ...secret } = APP
  const account: AzureAccount = {
    ...PLACE,
    tenantId,
    secret,
    baseUrl: edge.url,
    portalId: 'contract',
    allowedHosts: ['127.0.0.1'],
  }
  return {
    edge,
    account,
    /** Each endpoint that has anything there, descriptions of containers included. */
    names: async () => [
      ...new Set([
        ...edge.workspace.endpoints.keys(),
        ...edge.workspace.environments.keys(),
        ...[...edge.workspace.settings.keys()].map(name => name.replace(/-rev-\d+$/, '')),
      ]),
    ],
    marks: async () => edge.workspace.tags().map(tags => marksOf(Object.entries(tags))),
    ask: (address: string | null, route: string, as?: 'nobody') =>
      fetch(
        new URL(route, address ?? 'none'),
        as ? {} : { headers: { authorization: `Bearer ${edge.scoringToken()}` } },
      ),
  }
}

const THEIR_TAGS = { cost: 'theirs' }
/** Neither Azure's defaults nor ours. */
export const THEIR_PROBE = {
  initialDelay: 'PT7S',
  period: 'PT3S',
  timeout: 'PT2S',
  successThreshold: 1,
  failureThreshold: 40,
}
export const THEIR_LIMITS = {
  maxConcurrentRequestsPerInstance: 3,
  maxQueueWait: 'PT0.5S',
  requestTimeout: 'PT90S',
}
const LOOK_MS = 25

/** An endpoint of somebody else's in the workspace: a container with one instance that gets every call. */
export async function makeTheirs(
  { workspace }: AzureEdge,
  name: string,
  environmentVariables: Record<string, string>,
) {
  const route = (path: string) => ({ path, port: 8000 })
  const inferenceConfig = {
    livenessRoute: route('/health'),
    readinessRoute: route('/health'),
    scoringRoute: route('/'),
  }
  const image = 'theirs.azurecr.io/server:1'
  workspace.environments.set(
    `${name}-environment`,
    new Map([['1', { properties: { image, inferenceConfig } }]]),
  )
  const own = { location: REGION, tags: THEIR_TAGS, identity: { type: 'SystemAssigned' } }
  const endpoint = (traffic: Record<string, number>) =>
    workspace.putEndpoint(name, { ...own, properties: { authMode: 'AADToken', traffic } })
  const isReady = async (read: () => string) => {
    while (read() !== 'Succeeded') await sleep(LOOK_MS)
  }
  const isThere = () => isReady(() => workspace.endpoint(name).state)
  await endpoint({})
  await isThere()
  const properties = {
    endpointComputeType: 'Managed',
    instanceType: 'Standard_DS3_v2',
    environmentId: `${workspacePath(PLACE)}/environments/${name}-environment/versions/1`,
    environmentVariables,
    livenessProbe: THEIR_PROBE,
    readinessProbe: THEIR_PROBE,
    requestSettings: THEIR_LIMITS,
  }
  await workspace.putDeployment(name, 'blue', {
    location: REGION,
    sku: { name: 'Default', capacity: 1 },
    properties,
  })
  await isReady(() => workspace.deployment(name, 'blue').state)
  await endpoint({ blue: 100 })
  await isThere()
}
