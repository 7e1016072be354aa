import { expect, test } from 'vitest'
import type { ModelServer } from '@/lib/domain/endpoint/model-servers'
import { DEFAULT_ADVANCED, DEFAULT_SCALING, type EndpointSpec } from '@/lib/domain/endpoint/spec'
import type { Task } from '@/lib/domain/endpoint/task'
import { checkSagemakerSpec } from './check'
import { instanceTypeOf } from './hardware'

const type = instanceTypeOf(
  { instanceName: 'ml.g5.xlarge', cpus: 4, memoryGib: 16, priceUsdPerHour: 1.408 },
  'eu-west-1',
)
const types = type ? [type] : []
const spec: EndpointSpec = {
  model: {
    source: { kind: 'hub', repository: 'openai/gpt-oss-20b', revision: null },
    task: 'text-generation',
  },
  hardware: {
    provider: 'sagemaker',
    connection: null,
    region: 'eu-west-1',
    instanceType: 'aws-eu-west-1-ml.g5-xlarge',
    scaling: DEFAULT_SCALING,
  },
  security: { level: 'protected' },
  advanced: DEFAULT_ADVANCED,
  secretNames: [],
}
const fieldsOf = (changed: EndpointSpec) => checkSagemakerSpec(changed, types).map(({ field }) => field)

test('what SageMaker takes has no problems', () => {
  expect(fieldsOf(spec)).toEqual([])
})

test('a range of replicas begins at one, or at zero', () => {
  const scaled = (minReplicas: number, maxReplicas: number) =>
    fieldsOf({
      ...spec,
      hardware: { ...spec.hardware, scaling: { ...DEFAULT_SCALING, minReplicas, maxReplicas } },
    })
  expect(scaled(1, 3)).toEqual([])
  expect(scaled(2, 2)).toEqual([])
})

test('scaling to zero takes newer hardware, and the time that SageMaker itself has', () => {
  const resting = (scaleToZeroTimeoutMinutes: number | null, family = 'ml.g5') =>
    checkSagemakerSpec(
      {
        ...spec,
        hardware: {
          ...spec.hardware,
          scaling: { minReplicas: 0, maxReplicas: 1, scaleToZeroTimeoutMinutes, requestsPerMinute: 60 },
        },
      },
      types.map(each => ({ ...each, type: family })),
    ).map(({ field }) => field)
  expect(resting(15)).toEqual([])
  expect(resting(30)).toEqual(['hardware.scaling.scaleToZeroTimeoutMinutes'])
  expect(resting(null)).toEqual(['hardware.scaling.scaleToZeroTimeoutMinutes'])
  expect(resting(15, 'ml.m5')).toEqual(['hardware.instanceType'])
})

test('no more replicas are asked for than the account may run', () => {
  const limited = types.map(each => ({ ...each, quota: 2 }))
  const asked = (maxReplicas: number) => ({
    ...spec,
    hardware: { ...spec.hardware, scaling: { ...DEFAULT_SCALING, maxReplicas } },
  })
  expect(checkSagemakerSpec(asked(2), limited)).toEqual([])
  expect(checkSagemakerSpec(asked(3), limited)).toEqual([
    { field: 'hardware.scaling.maxReplicas', message: expect.stringContaining('2 × ml.g5.xlarge') },
  ])
})

test('a server must suit the task and the hardware, and be published in the region', () => {
  const asked = (server: ModelServer, task: Task, region = 'eu-west-1') => {
    const advanced = { ...DEFAULT_ADVANCED, engine: { kind: 'model-server' as const, server } }
    const model = { ...spec.model, task }
    const hardware = { ...spec.hardware, region }
    const there = types.map(each => ({ ...each, region }))
    return checkSagemakerSpec({ ...spec, model, hardware, advanced }, there).map(({ message }) => message)
  }
  for (const server of ['tgi', 'vllm', 'toolkit'] as const)
    expect(asked(server, 'text-generation')).toEqual([])
  expect(asked('vllm', 'fill-mask')).toEqual([expect.stringMatching(/vLLM is for text generation, not for/)])
  expect(asked('tei', 'feature-extraction')).toEqual([])
  expect(asked('tei', 'feature-extraction', 'ap-southeast-5')).toEqual([expect.stringMatching(/no TEI/)])
})

test('a container is of ECR in the same region, at SageMaker’s own port and route', () => {
  const container = (changes: object) =>
    fieldsOf({
      ...spec,
      advanced: {
        ...DEFAULT_ADVANCED,
        engine: {
          kind: 'container',
          image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/own:1',
          port: 8080,
          healthRoute: null,
          command: [],
          args: [],
          ...changes,
        },
      } as EndpointSpec['advanced'],
    })
  expect(container({})).toEqual([])
  expect(container({ image: 'vllm/vllm-openai:latest' })).toEqual(['advanced.engine.image'])
  expect(container({ image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/own:1' })).toEqual([
    'advanced.engine.image',
  ])
  expect(container({ port: 80, healthRoute: '/health', args: ['--fast'] })).toEqual([
    'advanced.engine.port',
    'advanced.engine.healthRoute',
    'advanced.engine.command',
  ])
})

test('a value that does not fit in SageMaker’s environment is said by name', () => {
  const problems = checkSagemakerSpec(
    { ...spec, advanced: { ...DEFAULT_ADVANCED, env: { LONG: 'x'.repeat(1_025) } } },
    types,
  )
  expect(problems).toEqual([{ field: 'advanced.env', message: expect.stringContaining('LONG') }])
})
