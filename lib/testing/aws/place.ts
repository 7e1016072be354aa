import type { AwsAccount } from '@/lib/server/providers/sagemaker/account'
import { signedHeaders } from '@/lib/server/providers/sagemaker/sign'
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
    /** The stub does what a caller's attributes say: the only thing SageMaker hands through besides the body. */
    ask: async (address: string | null, route: string, as?: 'nobody') => {
      const url = String(address)
      const headers = { 'x-amzn-sagemaker-custom-attributes': route }
      const body = Buffer.from('{}')
      const signed = as ? headers : await signedHeaders(account, { method: 'POST', url, headers, body })
      return await fetch(url, { method: 'POST', headers: signed, body: new Uint8Array(body) })
    },
  }
}

const SCALED = { ServiceNamespace: 'sagemaker' }
const LISTS = [
  ['SageMaker.ListEndpoints', 'Endpoints', 'EndpointName'],
  ['SageMaker.ListEndpointConfigs', 'EndpointConfigs', 'EndpointConfigName'],
  ['SageMaker.ListModels', 'Models', 'ModelName'],
  ['Logs_20140328.DescribeLogGroups', 'logGroups', 'logGroupName'],
  ['AnyScaleFrontendService.DescribeScalableTargets', 'ScalableTargets', 'ResourceId'],
] as const

/** What is scaled, between which numbers, and by how many requests. */
export async function scaledIn({ moto }: AwsEdge) {
  const ask = async (target: string) =>
    (await moto.ask(REGION, `AnyScaleFrontendService.${target}`, SCALED)).json
  const targets = (await ask('DescribeScalableTargets')).ScalableTargets as Record<string, unknown>[]
  const policies = (await ask('DescribeScalingPolicies')).ScalingPolicies as {
    ResourceId: string
    TargetTrackingScalingPolicyConfiguration: { TargetValue: number }
  }[]
  return targets.map(({ ResourceId, MinCapacity, MaxCapacity }) => ({
    variant: String(ResourceId).replace(/^.*\//, ''),
    between: [MinCapacity, MaxCapacity],
    aims: policies
      .filter(policy => policy.ResourceId === ResourceId)
      .map(policy => policy.TargetTrackingScalingPolicyConfiguration.TargetValue),
  }))
}

/** Each endpoint that has anything there, models, configurations and logs included. */
export async function namesOf({ moto }: AwsEdge): Promise<string[]> {
  const found = new Set<string>()
  for (const [target, list, key] of LISTS) {
    const { json } = await moto.ask(REGION, target, target.startsWith('AnyScale') ? SCALED : {})
    for (const item of json[list] as Record<string, string>[])
      found.add(
        (item[key] ?? '')
          .replace(/\/variant\/.*$/, '')
          .replace(/^.*\//, '')
          .replace(/-r\d+$/, ''),
      )
  }
  return [...found]
}
