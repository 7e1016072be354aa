import { componentAdditions, inWordsOfMoto } from './component-additions'
import type { Hosting } from './hosting'
import { jsonAnswer as json } from './json-answer'
import { type AwsJson, type HttpAnswer, type HttpCall, type Moto, parseObject } from './moto'
import { products, quotas } from './price-list'
import { Refused } from './refused'

/** Answers of the edge's own, by action. What is not here is moto's. */
export type Addition = (call: HttpCall, input: AwsJson) => Promise<HttpAnswer>

/** Its list of instance types ends before the fifth generation of GPUs. */
const knownToMoto = (type = ''): string => type.replace(/^ml\.g[5-9]\w*\..*$/, 'ml.g4dn.xlarge')

/**
 * All that moto 5.2 lacks of what the provider uses: an endpoint's life takes time and ends in a real process;
 * UpdateEndpoint; names that are taken; tags of scalable targets; inference components; invocations; prices and SageMaker's quotas.
 */
export function additionsTo(moto: Moto, hosting: Hosting, region: string): Record<string, Addition> {
  const ofMoto = async (call: HttpCall, input: AwsJson) => {
    const { body: _, ...rest } = call
    return await moto.forward({ ...rest, body: Buffer.from(JSON.stringify(input)) })
  }
  /** moto lets a name be taken twice. */
  const refuseTaken =
    (kind: string, describe: string, key: string): Addition =>
    async (call, input) => {
      const { status } = await moto.ask(region, `SageMaker.${describe}`, { [key]: input[key] })
      if (status === 200)
        throw new Refused(
          400,
          'ValidationException',
          `Cannot create already existing ${kind} "${input[key]}".`,
        )
      return await ofMoto(call, input)
    }
  const ofComponents = componentAdditions(hosting, ofMoto)
  return {
    ...ofComponents,
    CreateModel: async (call, input) => {
      // moto looks into no registry.
      const { Image = '' } = input.PrimaryContainer as { Image?: string }
      if (Image.endsWith(':none'))
        throw new Refused(400, 'ValidationException', `Requested image ${Image} not found.`)
      return await refuseTaken('model', 'DescribeModel', 'ModelName')(call, input)
    },
    CreateEndpointConfig: (call, input) => {
      const variants = input.ProductionVariants as { InstanceType?: string; ModelName?: string }[]
      const withModel = variants.filter(({ ModelName }) => ModelName !== undefined)
      const ProductionVariants = withModel.map(variant => ({
        ...variant,
        InstanceType: knownToMoto(variant.InstanceType),
      }))
      const create = refuseTaken('endpoint configuration', 'DescribeEndpointConfig', 'EndpointConfigName')
      hosting.configurations.set(String(input.EndpointConfigName), input)
      return create(call, { ...input, ProductionVariants })
    },
    // Hardware it does not know, a role, and a network.
    DescribeEndpointConfig: async (call, input) => {
      const answer = await ofMoto(call, input)
      const { Tags: _, ...made } = hosting.configurations.get(String(input.EndpointConfigName)) ?? {}
      return answer.status === 200 ? json(200, { ...parseObject(answer.body), ...made }) : answer
    },
    CreateEndpoint: async (call, input) => {
      const name = String(input.EndpointName)
      hosting.requireFree(name)
      const answer = await ofMoto(call, input)
      if (answer.status === 200) await hosting.create(name, String(input.EndpointConfigName))
      return answer
    },
    UpdateEndpoint: async (_, input) => {
      const name = String(input.EndpointName)
      hosting.requireIdle(name)
      const { EndpointConfigName, RetainDeploymentConfig, DeploymentConfig } = input
      await hosting.update(
        name,
        String(EndpointConfigName),
        RetainDeploymentConfig === true,
        DeploymentConfig,
      )
      return json(200, { EndpointArn: `arn:aws:sagemaker:${region}:123456789012:endpoint/${name}` })
    },
    // moto changes numbers, not instances.
    UpdateEndpointWeightsAndCapacities: async (_, input) => {
      const name = String(input.EndpointName)
      hosting.requireIdle(name)
      const [wanted] = input.DesiredWeightsAndCapacities as { DesiredInstanceCount: number }[]
      hosting.resize(name, wanted?.DesiredInstanceCount ?? 1)
      return json(200, { EndpointArn: `arn:aws:sagemaker:${region}:123456789012:endpoint/${name}` })
    },
    // moto falls over what is gone.
    ListTags: async (call, input) => {
      const Tags = hosting.components.tagsAt(String(input.ResourceArn))
      if (Tags) return json(200, { Tags })
      const answer = await ofMoto(call, input)
      if (answer.status === 500)
        throw new Refused(400, 'ValidationException', `Could not find ${String(input.ResourceArn)}.`)
      return answer
    },
    // moto keeps both where a key comes again.
    AddTags: async (call, input) => {
      hosting.requireKnown(String(input.ResourceArn))
      const TagKeys = (input.Tags as { Key: string }[]).map(({ Key }) => Key)
      await moto.ask(region, 'SageMaker.DeleteTags', { ResourceArn: input.ResourceArn, TagKeys })
      return await ofMoto(call, input)
    },
    DeleteEndpoint: async (_, input) => {
      const EndpointName = String(input.EndpointName)
      hosting.requireIdle(EndpointName)
      hosting.remove(EndpointName, () => moto.ask(region, 'SageMaker.DeleteEndpoint', { EndpointName }))
      return json(200, {})
    },
    DescribeEndpoint: async (call, input) => {
      const answer = await ofMoto(call, input)
      return answer.status === 200 ? json(200, hosting.describe(parseObject(answer.body))) : answer
    },
    ListEndpoints: async (call, input) => {
      const answer = await ofMoto(call, input)
      const list = parseObject(answer.body)
      const Endpoints = (list.Endpoints as AwsJson[]).map(found => ({
        ...found,
        EndpointStatus: hosting.statusOf(String(found.EndpointName)) ?? found.EndpointStatus,
      }))
      return json(200, { ...list, Endpoints })
    },
    // moto does not look whether there is anything to scale.
    RegisterScalableTarget: async (call, input) => {
      hosting.requireInService(String(input.ResourceId))
      return await ofMoto(call, inWordsOfMoto(input))
    },
    TagResource: async (_, input) => {
      const ResourceARN = String(input.ResourceARN)
      const { json: found } = await moto.ask(region, 'AnyScaleFrontendService.DescribeScalableTargets', {
        ServiceNamespace: 'sagemaker',
      })
      if (!(found.ScalableTargets as AwsJson[]).some(target => target.ScalableTargetARN === ResourceARN))
        throw new Refused(400, 'ResourceNotFoundException', `Resource not found: ${ResourceARN}`)
      hosting.tagTarget(ResourceARN, input.Tags as Record<string, string>)
      return json(200, {})
    },
    // moto falls over percentiles.
    GetMetricData: async (call, input) => {
      const { StartTime, EndTime, MetricDataQueries } = input
      const window = { fromMs: Number(StartTime) * 1_000, toMs: Number(EndTime) * 1_000 }
      const { ours, theirs } = hosting.metrics.split(MetricDataQueries as [], window)
      const answer = await ofMoto(call, { ...input, MetricDataQueries: theirs })
      const { MetricDataResults = [], ...rest } = parseObject(answer.body) as {
        MetricDataResults?: AwsJson[]
      }
      return {
        ...answer,
        ...json(answer.status, { ...rest, MetricDataResults: [...MetricDataResults, ...ours] }),
      }
    },
    InvokeEndpoint: call => hosting.invoke(endpointOf(call.url), call),
    // What cannot be streamed is refused as any other invocation is.
    InvokeEndpointWithResponseStream: call => hosting.invoke(endpointOf(call.url), call),
    GetProducts: async (_, input) => json(200, products(input)),
    ListServiceQuotas: async (_call, _input) => json(200, quotas()),
  }
}

const INVOCATION = /^\/endpoints\/([^/]+)\/invocations(-response-stream)?$/

/** What a REST call asks for; the others name it in a header. */
export function invocationAction(url: string): 'InvokeEndpoint' | 'InvokeEndpointWithResponseStream' | null {
  const found = INVOCATION.exec(url)
  if (!found) return null
  return found[2] === undefined ? 'InvokeEndpoint' : 'InvokeEndpointWithResponseStream'
}
export const endpointOf = (url: string): string => INVOCATION.exec(url)?.[1] ?? ''
