// A stand-in's schemas, written by hand for the tests from Microsoft's published specification: Azure/azure-rest-api-specs,
// specification/machinelearningservices/resource-manager/Microsoft.MachineLearningServices/stable/2024-10-01/mfe.json,
// definitions PartialMinimalTrackedResourceWithIdentity, PartialMinimalTrackedResourceWithSku (these two from memory),
// OnlineEndpointTrackedResource, OnlineDeploymentTrackedResource (ManagedOnlineDeployment),
// EnvironmentVersionResource, DeploymentLogsRequest, DeploymentLogs, EndpointAuthKeys.
import {
  integer,
  nullableText,
  nullableTexts,
  object,
  oneOf,
  paged,
  proxyAsked,
  proxyTold,
  type Schema,
  text,
  texts,
  trackedAsked,
  trackedTold,
} from './arm'

const percentages: Schema = { type: ['object', 'null'], additionalProperties: integer }

const endpoint = {
  authMode: oneOf('AMLToken', 'Key', 'AADToken'),
  description: nullableText,
  properties: nullableTexts,
  compute: nullableText,
  mirrorTraffic: percentages,
  publicNetworkAccess: oneOf('Enabled', 'Disabled'),
  traffic: percentages,
}
const keys = object({ primaryKey: nullableText, secondaryKey: nullableText })
const endpointState = oneOf('Creating', 'Deleting', 'Succeeded', 'Failed', 'Updating', 'Canceled')

export const endpointAsked = trackedAsked(object({ ...endpoint, keys }, ['authMode']))
export const endpointTold = trackedTold(
  object(
    { ...endpoint, provisioningState: endpointState, scoringUri: nullableText, swaggerUri: nullableText },
    ['authMode'],
  ),
)
export const endpointsTold = paged(endpointTold)
export const keysTold = keys

/** What PATCH takes: of an endpoint no settings, of a deployment its count. */
export const endpointChanged = object({ identity: { type: 'object' }, tags: nullableTexts })
export const deploymentChanged = object({
  sku: object({ capacity: integer, family: text, name: text, size: text, tier: text }),
  tags: nullableTexts,
})

/** An ISO 8601 duration. */
const duration: Schema = { type: 'string', pattern: '^P(T?\\d+(\\.\\d+)?[DHMS])+$' }
const probe = object({
  failureThreshold: integer,
  successThreshold: integer,
  timeout: duration,
  period: duration,
  initialDelay: duration,
})
const deployment = {
  appInsightsEnabled: { type: 'boolean' },
  codeConfiguration: object({ codeId: nullableText, scoringScript: text }, ['scoringScript']),
  dataCollector: { type: 'object' },
  description: nullableText,
  egressPublicNetworkAccess: oneOf('Enabled', 'Disabled'),
  endpointComputeType: oneOf('Managed', 'Kubernetes', 'AzureMLCompute'),
  environmentId: nullableText,
  environmentVariables: nullableTexts,
  instanceType: nullableText,
  livenessProbe: probe,
  model: nullableText,
  modelMountPath: nullableText,
  properties: nullableTexts,
  readinessProbe: probe,
  startupProbe: probe,
  requestSettings: object({
    maxConcurrentRequestsPerInstance: integer,
    maxQueueWait: duration,
    requestTimeout: duration,
  }),
  scaleSettings: object({ scaleType: oneOf('Default', 'TargetUtilization') }, ['scaleType']),
} satisfies Record<string, Schema>
const deploymentState = oneOf(
  'Creating',
  'Deleting',
  'Scaling',
  'Updating',
  'Succeeded',
  'Failed',
  'Canceled',
)

export const deploymentAsked = trackedAsked(object(deployment, ['endpointComputeType']))
export const deploymentTold = trackedTold(
  object({ ...deployment, provisioningState: deploymentState }, ['endpointComputeType']),
)
export const deploymentsTold = paged(deploymentTold)

const route = object({ path: text, port: integer }, ['path', 'port'])
const environment = {
  description: nullableText,
  properties: nullableTexts,
  tags: texts,
  isAnonymous: { type: 'boolean' },
  isArchived: { type: 'boolean' },
  autoRebuild: oneOf('Disabled', 'OnBaseImageUpdate'),
  build: object({ contextUri: text, dockerfilePath: text }, ['contextUri']),
  condaFile: text,
  image: text,
  inferenceConfig: object({ livenessRoute: route, readinessRoute: route, scoringRoute: route }),
  osType: oneOf('Linux', 'Windows'),
  stage: nullableText,
} satisfies Record<string, Schema>

export const environmentAsked = proxyAsked(object(environment))
export const environmentTold = proxyTold(
  object({ ...environment, environmentType: oneOf('Curated', 'UserCreated'), provisioningState: text }),
)
export const environmentsTold = paged(environmentTold)

export const logsAsked = object({
  containerType: oneOf('StorageInitializer', 'InferenceServer', 'ModelDataCollector'),
  tail: { type: ['integer', 'null'] },
})
export const logsTold = object({ content: nullableText })
