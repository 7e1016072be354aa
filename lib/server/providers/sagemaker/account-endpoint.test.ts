import { expect, test } from 'vitest'
import { accountEndpointOf, type Described } from './account-endpoint'
import { instanceTypeOf } from './hardware'
import { dlcImage } from './images'

const REGION = 'us-east-1'
const roleArn = 'arn:aws:iam::123456789012:role/any'
const account = {
  region: REGION,
  roleArn,
  keys: { accessKeyId: 'AKIA', secretAccessKey: 'none' },
  baseUrl: null,
  portalId: 'portal',
  allowedHosts: [],
}
const TYPES = ['ml.m5.xlarge', 'ml.g5.xlarge'].flatMap(
  instanceName => instanceTypeOf({ instanceName, cpus: 4, memoryGib: 16, priceUsdPerHour: 1 }, REGION) ?? [],
)
const AT = new Date(0)
const IMAGE = '123456789012.dkr.ecr.us-east-1.amazonaws.com/theirs:1'

type Parts = {
  container?: NonNullable<NonNullable<Described['model']>['PrimaryContainer']>
  model?: Partial<NonNullable<Described['model']>>
  variant?: Partial<NonNullable<NonNullable<Described['configuration']>['ProductionVariants']>[number]>
  configuration?: Partial<NonNullable<Described['configuration']>>
  range?: Described['range']
}
function theirs({ container, model, variant, configuration, range = null }: Parts = {}) {
  const own = { VariantName: 'AllTraffic', ModelName: 'm', InstanceType: 'ml.m5.xlarge' as const }
  return accountEndpointOf(
    {
      endpoint: {
        $metadata: {},
        EndpointName: 'their-endpoint-r7',
        EndpointArn: 'arn',
        EndpointConfigName: 'their-configuration-r2',
        EndpointStatus: 'InService',
        CreationTime: AT,
        LastModifiedTime: AT,
        ProductionVariants: [{ VariantName: 'AllTraffic', CurrentInstanceCount: 2, DesiredInstanceCount: 2 }],
        tags: [{ Key: 'cost', Value: 'theirs' }],
      },
      configuration: {
        EndpointConfigName: 'their-configuration-r2',
        EndpointConfigArn: 'arn',
        CreationTime: AT,
        ProductionVariants: [{ ...own, ...variant }],
        ...configuration,
      },
      model: {
        ModelName: 'm',
        ModelArn: 'arn',
        CreationTime: AT,
        ExecutionRoleArn: roleArn,
        PrimaryContainer: container ?? { Image: IMAGE, Environment: { GREETING: 'theirs' } },
        ...model,
      },
      range,
    },
    account,
    TYPES,
  )
}

test('an image with its variables is what it is, and can be managed', () => {
  const found = theirs()
  expect(found).toMatchObject({ name: 'their-endpoint-r7', state: 'running', replicas: 2, owner: 'nobody' })
  expect([found.specProblem, found.manageProblem]).toEqual([null, null])
  expect(found.spec).toMatchObject({
    model: { source: { kind: 'image' } },
    hardware: {
      instanceType: 'aws-us-east-1-ml.m5-xlarge',
      scaling: { minReplicas: 2, maxReplicas: 2 },
    },
    advanced: { engine: { kind: 'container', image: IMAGE }, env: { GREETING: 'theirs' } },
  })
})

test('a model of the Hub is one only where ours would be the very same container', () => {
  const Environment = { HF_MODEL_ID: 'org/model', HF_TASK: 'text-classification', GREETING: 'theirs' }
  const same = theirs({ container: { Image: dlcImage('toolkit-cpu', REGION) ?? '', Environment } })
  expect(same.spec).toMatchObject({
    model: { source: { kind: 'hub', repository: 'org/model', revision: null }, task: 'text-classification' },
    advanced: { engine: { kind: 'model-server' }, env: { GREETING: 'theirs' } },
  })
  const older = theirs({ container: { Image: IMAGE, Environment } })
  expect(older.spec).toMatchObject({ model: { source: { kind: 'image' } }, advanced: { env: Environment } })
})

test('subnets are kept', () => {
  const VpcConfig = { Subnets: ['subnet-0a1b2c3d'], SecurityGroupIds: ['sg-0a1b2c3d'] }
  expect(theirs({ model: { VpcConfig } }).spec?.network?.vpc).toEqual({
    subnets: VpcConfig.Subnets,
    securityGroups: VpcConfig.SecurityGroupIds,
  })
})

test.each<[string, Parts, RegExp]>([
  ['files in S3', { container: { Image: IMAGE, ModelDataUrl: 's3://theirs/model.tar.gz' } }, /from S3/],
  ['another role', { model: { ExecutionRoleArn: 'arn:aws:iam::123456789012:role/other' } }, /role\/other/],
  [
    'chosen routing',
    { variant: { RoutingConfig: { RoutingStrategy: 'LEAST_OUTSTANDING_REQUESTS' } } },
    /routed/,
  ],
  ['answers into S3', { configuration: { AsyncInferenceConfig: { OutputConfig: {} } } }, /into S3/],
  [
    'a policy of its own',
    { range: { minReplicas: 1, maxReplicas: 4, scaleToZeroTimeoutMinutes: null } },
    /policy of its own/,
  ],
])('what an update would lose keeps it read-only, and is said: %s', (_, parts, reason) => {
  const { spec, manageProblem } = theirs(parts)
  expect(spec).not.toBeNull()
  expect(manageProblem).toMatch(reason)
})

test.each<[string, Parts, RegExp]>([
  [
    'serverless',
    { variant: { ServerlessConfig: { MemorySizeInMB: 2048, MaxConcurrency: 1 } } },
    /serverless/,
  ],
  ['inference components', { configuration: { ProductionVariants: [{ VariantName: 'a' }] } }, /components/],
  [
    'two variants',
    { configuration: { ProductionVariants: [{ VariantName: 'a' }, { VariantName: 'b' }] } },
    /several/,
  ],
  ['no configuration', { configuration: { ProductionVariants: [] } }, /deleted/],
  ['several containers', { model: { PrimaryContainer: undefined, Containers: [] } }, /several containers/],
  ['unknown hardware', { variant: { InstanceType: 'ml.inf2.xlarge' } }, /no words/],
])('what is no endpoint as ours are cannot be adopted, and says why: %s', (_, parts, reason) => {
  const { spec, specProblem } = theirs(parts)
  expect(spec).toBeNull()
  expect(specProblem).toMatch(reason)
})
