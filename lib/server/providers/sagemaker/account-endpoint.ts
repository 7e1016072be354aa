import { isDeepStrictEqual } from 'node:util'
import type {
  DescribeEndpointConfigOutput,
  DescribeModelOutput,
  ProductionVariant,
} from '@aws-sdk/client-sagemaker'
import type { SeenSetup } from '@/lib/domain/endpoint/drift'
import { DEFAULT_ADVANCED, type EndpointSpec, endpointSpec } from '@/lib/domain/endpoint/spec'
import { TASKS } from '@/lib/domain/endpoint/task'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import type { AccountEndpoint } from '../port'
import type { AwsAccount } from './account'
import { containerOf } from './container'
import { awsNameOf } from './hardware'
import type { SeenEndpoint } from './inventory'
import { instancesOf } from './scaling'
import { sightingOf } from './sighting'

/** Of an endpoint that nobody marked: what it is made of, as far as it is there. */
export type Described = {
  endpoint: SeenEndpoint
  configuration: DescribeEndpointConfigOutput | null
  model: DescribeModelOutput | null
  range: SeenSetup['scaling'] | null
}

/** SageMaker asks there and nowhere else. */
const PORT = 8_080

/** One of the account's endpoints that no Slipway made. */
export function accountEndpointOf(
  described: Described,
  account: AwsAccount,
  types: readonly InstanceType[],
): AccountEndpoint {
  const { endpoint } = described
  const { state, targetReplicas } = sightingOf('', endpoint, account)
  const known = {
    name: endpoint.EndpointName ?? '',
    state,
    replicas: targetReplicas,
    owner: 'nobody' as const,
  }
  const specProblem = formProblem(described)
  if (specProblem !== null) return { ...known, spec: null, specProblem, manageProblem: specProblem }
  const spec = specOf(described, account.region, types)
  return {
    ...known,
    spec,
    specProblem: spec === null ? 'Slipway has no words for its hardware or its model.' : null,
    manageProblem: lossProblem(described, account),
  }
}

/** What is no endpoint as Slipway knows them. */
function formProblem({ configuration, model }: Described): string | null {
  const variants = configuration?.ProductionVariants ?? []
  const [variant] = variants
  if (!configuration || !variant) return 'Its configuration was deleted, so nobody can say what it is.'
  if (variants.length > 1) return 'It has several variants; Slipway’s endpoints have one.'
  if (variant.ServerlessConfig) return 'It is serverless; Slipway’s endpoints run on instances.'
  if (!variant.ModelName) return 'It holds inference components that Slipway did not make.'
  if (!model) return 'Its model was deleted, so nobody can say what it is.'
  if (!model.PrimaryContainer?.Image) return 'It runs several containers, or a model package, not one image.'
  return null
}

/** What an update would lose, because our spec has no word for it. */
function lossProblem({ configuration, model, range }: Described, { roleArn }: AwsAccount): string | null {
  const { ModelDataUrl, ModelDataSource, AdditionalModelDataSources, ImageConfig, Mode } =
    model?.PrimaryContainer ?? {}
  const losses: [unknown, string][] = [
    [ModelDataUrl ?? ModelDataSource ?? AdditionalModelDataSources, 'its model’s files are read from S3'],
    [ImageConfig, 'its image comes from a private registry'],
    [Mode === 'MultiModel', 'it serves many models'],
    [
      model?.EnableNetworkIsolation || configuration?.EnableNetworkIsolation,
      'its containers are cut off from the network',
    ],
    [model?.InferenceExecutionConfig?.Mode === 'Direct', 'its containers are called one by one'],
    [configuration?.DataCaptureConfig?.EnableCapture, 'its requests are captured'],
    [configuration?.AsyncInferenceConfig, 'it answers into S3'],
    [configuration?.ExplainerConfig, 'its answers are explained'],
    [configuration?.ShadowProductionVariants?.length, 'it has a shadow variant'],
    [configuration?.KmsKeyId, 'its storage has a key of its own'],
    [range !== null, 'it is scaled by a policy of its own'],
    ...variantLosses(configuration?.ProductionVariants?.[0]),
  ]
  const loss = losses.find(([has]) => Boolean(has))?.[1]
  if (loss) return `It stays read-only: ${loss}, which Slipway cannot set, so an update would lose it.`
  return model?.ExecutionRoleArn === roleArn
    ? null
    : `It stays read-only: it runs as ${model?.ExecutionRoleArn ?? 'no role'}, and this connection’s endpoints run as ${roleArn}. Make a connection with its role.`
}

const variantLosses = (variant: ProductionVariant | undefined): [unknown, string][] => [
  [variant?.VolumeSizeInGB, 'it has a volume of its own size'],
  [variant?.AcceleratorType, 'it has an elastic accelerator'],
  [variant?.CoreDumpConfig, 'it keeps core dumps'],
  [variant?.ManagedInstanceScaling, 'SageMaker itself scales it'],
  [variant?.InstancePools?.length, 'it runs on several kinds of instances'],
  [variant?.CapacityReservationConfig, 'it runs on reserved capacity'],
  [variant?.InferenceAmiVersion, 'its machines have a chosen image'],
  [variant?.EnableSSMAccess, 'people may log in to its containers'],
  [
    variant?.RoutingConfig && variant.RoutingConfig.RoutingStrategy !== 'RANDOM',
    'its calls are routed in a chosen way',
  ],
  [
    variant?.ModelDataDownloadTimeoutInSeconds ?? variant?.ContainerStartupHealthCheckTimeoutInSeconds,
    'it has time limits of its own',
  ],
]

/** As a model of the Hub where that makes the very same container; otherwise as the image it is. */
function specOf(described: Described, region: string, types: readonly InstanceType[]): EndpointSpec | null {
  const { endpoint, configuration, model, range } = described
  const name = configuration?.ProductionVariants?.[0]?.InstanceType
  const type = types.find(each => awsNameOf(each) === name)
  const { Image, Environment = {} } = model?.PrimaryContainer ?? {}
  if (!type || !Image) return null
  const count = Math.max(1, instancesOf(endpoint))
  const { Subnets: subnets, SecurityGroupIds: securityGroups } = model?.VpcConfig ?? {}
  const spec = endpointSpec.safeParse({
    model: { source: { kind: 'image' }, task: 'custom' },
    hardware: {
      provider: 'sagemaker',
      connection: null,
      region,
      instanceType: type.id,
      scaling: range ?? { minReplicas: count, maxReplicas: count, scaleToZeroTimeoutMinutes: null },
    },
    security: { level: 'protected' },
    ...(subnets && securityGroups ? { network: { vpc: { subnets, securityGroups } } } : {}),
    advanced: {
      ...DEFAULT_ADVANCED,
      engine: { kind: 'container', image: Image, port: PORT, healthRoute: null, command: [], args: [] },
      env: Environment,
    },
    secretNames: [],
  })
  if (!spec.success) return null
  return hubSpecOf(spec.data, { Image, Environment }, type) ?? spec.data
}

/** Names that the containers of Hugging Face read a model from. */
const OF_MODEL = ['HF_MODEL_ID', 'HF_MODEL_REVISION', 'REVISION', 'HF_TASK', 'SM_NUM_GPUS']

function hubSpecOf(
  spec: EndpointSpec,
  container: { Image: string; Environment: Record<string, string> },
  type: InstanceType,
): EndpointSpec | null {
  const { HF_MODEL_ID, HF_MODEL_REVISION, REVISION, HF_TASK } = container.Environment
  const task = TASKS.find(each => each === (HF_TASK ?? 'text-generation'))
  if (!HF_MODEL_ID || !task) return null
  const env = Object.fromEntries(
    Object.entries(container.Environment).filter(([name]) => !OF_MODEL.includes(name)),
  )
  const parsed = endpointSpec.safeParse({
    ...spec,
    model: {
      source: { kind: 'hub', repository: HF_MODEL_ID, revision: HF_MODEL_REVISION ?? REVISION ?? null },
      task,
    },
    advanced: { ...spec.advanced, engine: { kind: 'model-server' }, env },
  })
  if (!parsed.success) return null
  return isDeepStrictEqual(containerOf(parsed.data, {}, type), container) ? parsed.data : null
}
