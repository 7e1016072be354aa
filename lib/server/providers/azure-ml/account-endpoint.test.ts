import { expect, test } from 'vitest'
import { accountEndpointOf, type Described } from './account-endpoint'
import { autoscaleSetting, azureDeployment, azureEndpoint, azureEnvironment } from './answers'
import { autoscaleBody } from './scaling'

const account = {
  tenantId: 't',
  subscriptionId: 's',
  resourceGroup: 'g',
  workspace: 'w',
  region: 'eastus',
  secret: { clientId: 'c', clientSecret: 's' },
  baseUrl: null,
  portalId: 'portal',
  allowedHosts: [],
}
const IMAGE = 'theirs.azurecr.io/server:1'
const HEALTH = { path: '/health', port: 8000 }

type Parts = {
  endpoint?: object
  properties?: object
  deployment?: object
  name?: string
  environment?: object
  settings?: Described['settings']
}
function theirs({ endpoint, properties, deployment, name = 'blue', environment, settings = [] }: Parts = {}) {
  const own = azureDeployment.parse({
    name,
    sku: { capacity: 2 },
    properties: {
      provisioningState: 'Succeeded',
      endpointComputeType: 'Managed',
      instanceType: 'standard_ds3_v2',
      environmentId: 'any',
      environmentVariables: { GREETING: 'theirs' },
      ...deployment,
    },
  })
  return accountEndpointOf(
    {
      endpoint: azureEndpoint.parse({
        name: 'their-endpoint',
        tags: { cost: 'theirs' },
        identity: { type: 'SystemAssigned' },
        properties: {
          provisioningState: 'Succeeded',
          authMode: 'AADToken',
          scoringUri: 'https://their-endpoint.eastus.inference.ml.azure.com/score',
          traffic: { [name]: 100 },
          ...properties,
        },
        ...endpoint,
      }),
      deployments: [own],
      environment: azureEnvironment.parse({
        name: '1',
        properties: {
          image: IMAGE,
          inferenceConfig: {
            livenessRoute: HEALTH,
            readinessRoute: HEALTH,
            scoringRoute: { path: '/', port: 8000 },
          },
          ...environment,
        },
      }),
      settings,
    },
    account,
  )
}

test('a container with its routes and variables is what it is, and can be managed', () => {
  const found = theirs({ deployment: { requestSettings: { requestTimeout: 'PT1M30S' } } })
  expect(found).toMatchObject({ name: 'their-endpoint', state: 'running', replicas: 2, owner: 'nobody' })
  expect([found.specProblem, found.manageProblem]).toEqual([null, null])
  expect(found.spec).toMatchObject({
    model: { source: { kind: 'image' } },
    hardware: { instanceType: 'azure-eastus-DSv2-DS3_v2', scaling: { minReplicas: 2, maxReplicas: 2 } },
    advanced: {
      engine: { kind: 'container', image: IMAGE, port: 8000, healthRoute: '/health' },
      env: { GREETING: 'theirs' },
      requestTimeoutSeconds: 90,
    },
  })
  expect(theirs({ properties: { publicNetworkAccess: 'Disabled' } }).spec?.network?.private?.calls).toEqual({
    by: 'direct',
  })
})

const target = { name: 'blue', id: '/d/blue', location: 'eastus', tags: {} }
const body = autoscaleBody(target, { least: 1, most: 4, requestsPerMinute: 50 })
const setting = autoscaleSetting.parse({ ...body, name: 'theirs' })

test.each<[string, Parts, RegExp]>([
  ['keys', { properties: { authMode: 'Key' } }, /keys of its own/],
  ['another identity', { endpoint: { identity: { type: 'UserAssigned' } } }, /identity/],
  ['no calls', { properties: { traffic: {} } }, /not all of its calls/],
  ['a model', { deployment: { model: 'azureml://registries/HuggingFace/models/m/versions/1' } }, /a model/],
  ['code', { deployment: { codeConfiguration: { scoringScript: 'score.py' } } }, /code/],
  ['packages', { environment: { condaFile: 'name: theirs' } }, /environment/],
  ['scaled', { settings: [setting] }, /setting of its own/],
  ['called as ours', { name: 'rev-3' }, /called as Slipway/],
])('what an update would lose keeps it read-only, and is said: %s', (_, parts, reason) => {
  const { spec, manageProblem } = theirs(parts)
  expect(spec).not.toBeNull()
  expect(manageProblem).toMatch(reason)
})

test('what runs elsewhere, or on unknown hardware, cannot be adopted, and says why', () => {
  expect(theirs({ deployment: { endpointComputeType: 'Kubernetes' } }).specProblem).toMatch(/cluster/)
  expect(theirs({ deployment: { instanceType: 'Standard_X1' } }).specProblem).toMatch(/no words/)
})

test('whose it is, its tags say', () => {
  const tags = (portal: string) => ({ endpoint: { tags: { 'slipway:portal': portal } } })
  expect([theirs(tags('portal')).owner, theirs(tags('another')).owner]).toEqual(['ours', 'other'])
})
