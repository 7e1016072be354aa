import { setTimeout as sleep } from 'node:timers/promises'
import type { AwsAccount } from '@/lib/server/providers/sagemaker/account'
import { signedHeaders } from '@/lib/server/providers/sagemaker/sign'
import { type Marks, marksOf } from '../marks'
import { COMPONENT } from './components'
import { AwsEdge, KEYS, REGION, ROLE_ARN } from './edge'

/** An AWS account of the tests, and what is in it by other means than the provider's. */
export async function startAwsPlace() {
  const edge = await AwsEdge.start()
  const account: AwsAccount = {
    region: REGION,
    roleArn: ROLE_ARN,
    keys: KEYS,
    baseUrl: edge.url,
    portalId: 'contract',
    allowedHosts: ['127.0.0.1'],
  }
  return {
    edge,
    account,
    names: () => namesOf(edge),
    marks: () => marksIn(edge),
    /** The stub does what a caller's attributes say: the only thing SageMaker hands through besides the body. */
    ask: async (address: string | null, route: string, as?: 'nobody') => {
      const [url = '', component] = String(address).split('#')
      const headers = {
        'x-amzn-sagemaker-custom-attributes': route,
        ...(component === undefined ? {} : { [COMPONENT]: component }),
      }
      const body = Buffer.from('{}')
      const signed = as ? headers : await signedHeaders(account, { method: 'POST', url, headers, body })
      return await fetch(url, { method: 'POST', headers: signed, body: new Uint8Array(body) })
    },
  }
}

const TAGGED = [
  ['SageMaker.ListEndpoints', 'Endpoints', 'EndpointArn'],
  ['SageMaker.ListEndpointConfigs', 'EndpointConfigs', 'EndpointConfigArn'],
  ['SageMaker.ListModels', 'Models', 'ModelArn'],
] as const

/** Of each endpoint, configuration, model and component. */
async function marksIn({ moto, hosting }: AwsEdge): Promise<Marks[]> {
  const found: Marks[] = []
  for (const [target, list, key] of TAGGED)
    for (const item of (await moto.ask(REGION, target, {})).json[list] as Record<string, string>[]) {
      const { json } = await moto.ask(REGION, 'SageMaker.ListTags', { ResourceArn: item[key] })
      found.push(
        marksOf((json.Tags as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value])),
      )
    }
  for (const tags of hosting.components.tags) found.push(marksOf(tags.map(({ Key, Value }) => [Key, Value])))
  return found
}

const SCALED = { ServiceNamespace: 'sagemaker' }
const LISTS = [
  ['SageMaker.ListEndpoints', 'Endpoints', 'EndpointName'],
  ['SageMaker.ListEndpointConfigs', 'EndpointConfigs', 'EndpointConfigName'],
  ['SageMaker.ListModels', 'Models', 'ModelName'],
  ['Logs_20140328.DescribeLogGroups', 'logGroups', 'logGroupName'],
  ['AnyScaleFrontendService.DescribeScalableTargets', 'ScalableTargets', 'ResourceId'],
  ['GraniteServiceVersion20100801.DescribeAlarms', 'MetricAlarms', 'AlarmName'],
] as const

/** What is scaled, between which numbers, by how many requests, and whose it is. */
export async function scaledIn({ moto, hosting }: AwsEdge) {
  const ask = async (target: string) =>
    (await moto.ask(REGION, `AnyScaleFrontendService.${target}`, SCALED)).json
  const targets = (await ask('DescribeScalableTargets')).ScalableTargets as Record<string, unknown>[]
  const policies = (await ask('DescribeScalingPolicies')).ScalingPolicies as {
    ResourceId: string
    TargetTrackingScalingPolicyConfiguration?: { TargetValue: number }
  }[]
  return targets.map(({ ResourceId, MinCapacity, MaxCapacity, ScalableTargetARN }) => ({
    variant: String(ResourceId).replace(/^.*\//, ''),
    between: [MinCapacity, MaxCapacity],
    aims: policies
      .filter(policy => policy.ResourceId === ResourceId)
      .flatMap(policy => policy.TargetTrackingScalingPolicyConfiguration?.TargetValue ?? []),
    marks: marksOf(Object.entries(hosting.tagsOfTarget(String(ScalableTargetARN)))),
  }))
}

/** What the cloud's own scaling does: another number of copies, done when it resolves. */
export async function scaleCopies({ hosting: { components } }: AwsEdge, name: string, count: number) {
  const isIdle = () => components.describe(name).InferenceComponentStatus === 'InService'
  while (!isIdle()) await sleep(25)
  components.scale(name, count)
  while (!isIdle()) await sleep(25)
}

/** Each endpoint that has anything there: models, configurations, components, logs and alarms included. */
export async function namesOf({ moto, hosting }: AwsEdge): Promise<string[]> {
  const found = new Set(hosting.components.names.map(nameWithin))
  for (const [target, list, key] of LISTS) {
    const { json } = await moto.ask(REGION, target, target.startsWith('AnyScale') ? SCALED : {})
    for (const item of json[list] as Record<string, string>[]) found.add(nameWithin(item[key] ?? ''))
  }
  return [...found]
}

/** What the account's models run. */
export async function imagesIn({ moto }: AwsEdge): Promise<unknown[]> {
  const { json } = await moto.ask(REGION, 'SageMaker.ListModels', {})
  const found: unknown[] = []
  for (const { ModelName } of json.Models as { ModelName: string }[]) {
    const model = await moto.ask(REGION, 'SageMaker.DescribeModel', { ModelName })
    found.push((model.json.PrimaryContainer as { Image?: string }).Image)
  }
  return found
}

/** Without where it is, and whose: of a revision, of a variant, of an alarm. */
const nameWithin = (name: string): string =>
  name
    .replace(/\/variant\/.*$/, '')
    .replace(/^.*\//, '')
    .replace(/-r\d+(-wake)?$/, '')

/** An endpoint of somebody else's, with a model and a configuration of names of their own. */
export async function makeTheirs({ moto, hosting }: AwsEdge, name: string, env: Record<string, string>) {
  const ask = async (action: string, input: object) => {
    const { status, json } = await moto.ask(REGION, `SageMaker.${action}`, input)
    if (status !== 200) throw new Error(`moto refused ${action}: ${JSON.stringify(json)}`)
  }
  const [ModelName, EndpointConfigName] = [`${name}-model`, `${name}-configuration`]
  const Image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/theirs:1'
  await ask('CreateModel', {
    ModelName,
    ExecutionRoleArn: ROLE_ARN,
    PrimaryContainer: { Image, Environment: env },
  })
  const variant = { VariantName: 'AllTraffic', ModelName, InstanceType: 'ml.m5.xlarge' }
  const ProductionVariants = [{ ...variant, InitialInstanceCount: 1 }]
  await ask('CreateEndpointConfig', { EndpointConfigName, ProductionVariants })
  const Tags = [{ Key: 'cost', Value: 'theirs' }]
  await ask('CreateEndpoint', { EndpointName: name, EndpointConfigName, Tags })
  await hosting.create(name, EndpointConfigName)
}

/** Tags of an endpoint, by key. */
export async function tagsIn({ moto }: AwsEdge, name: string): Promise<Record<string, string>> {
  const ResourceArn = `arn:aws:sagemaker:${REGION}:123456789012:endpoint/${name}`
  const { json } = await moto.ask(REGION, 'SageMaker.ListTags', { ResourceArn })
  const tags = json.Tags as { Key: string; Value: string }[]
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))
}
