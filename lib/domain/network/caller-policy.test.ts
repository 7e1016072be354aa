import { expect, test } from 'vitest'
import { awsEndpointNameOf, callerPolicy } from './caller-policy'

const VPCE = 'vpce-0a1b2c3d4e5f60718'
const place = { region: 'us-east-1', endpointName: 'slipway-bedrock-6e22d472', vpcEndpoint: VPCE }
const STREAM = 'sagemaker:InvokeEndpointWithResponseStream'

/** As IAM decides it: a denial that applies is the last word, and without an allowance nothing is allowed. */
function decide(
  { action = 'sagemaker:InvokeEndpoint', resource = 'endpoint/slipway-bedrock-6e22d472', from = VPCE },
  partition = 'aws',
  of = place,
): 'Allow' | 'Deny' | 'nothing' {
  const arn = `arn:${partition}:sagemaker:${of.region}:123456789012:${resource}`
  const effects = callerPolicy(of)
    .Statement.filter(({ Action, Resource, Condition }) => {
      const isMeant = Resource.some(each => new RegExp(`^${each.replaceAll('*', '.*')}$`).test(arn))
      const isThrough = from === VPCE
      return (
        (Action as readonly string[]).includes(action) &&
        isMeant &&
        ('StringEquals' in Condition ? isThrough : !isThrough)
      )
    })
    .map(({ Effect }) => Effect)
  if (effects.includes('Deny')) return 'Deny'
  return effects.includes('Allow') ? 'Allow' : 'nothing'
}

test('a caller gets through by the VPC endpoint and by no other way, whatever else it is allowed', () => {
  for (const action of ['sagemaker:InvokeEndpoint', STREAM])
    for (const resource of [
      'endpoint/slipway-bedrock-6e22d472',
      // Which one that scales to zero is called by.
      'inference-component/slipway-bedrock-6e22d472-r12',
    ]) {
      expect(decide({ action, resource })).toBe('Allow')
      expect(decide({ action, resource, from: 'vpce-another' })).toBe('Deny')
      expect(decide({ action, resource, from: 'the internet' })).toBe('Deny')
    }
})

test('it says nothing of other endpoints, and nothing but calling', () => {
  expect(decide({ resource: 'endpoint/slipway-other-11111111' })).toBe('nothing')
  expect(decide({ action: 'sagemaker:DeleteEndpoint' })).toBe('nothing')
})

test('in the partitions of China and of the government the names are theirs', () => {
  for (const [region, partition] of [
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
  ] as const) {
    expect(decide({}, partition, { ...place, region })).toBe('Allow')
    expect(decide({}, 'aws', { ...place, region })).toBe('nothing')
  }
})

test('an endpoint is named as the address it is called at names it', () => {
  const at = 'https://runtime.sagemaker.us-east-1.amazonaws.com/endpoints/slipway-a-1/invocations'
  expect(awsEndpointNameOf(at)).toBe('slipway-a-1')
  expect(awsEndpointNameOf(`${at}#slipway-a-1-r2`)).toBe('slipway-a-1')
  expect(awsEndpointNameOf(null)).toBe('slipway-*')
})
