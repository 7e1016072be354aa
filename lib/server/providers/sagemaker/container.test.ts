import { expect, test } from 'vitest'
import type { ModelServer } from '@/lib/domain/endpoint/model-servers'
import { DEFAULT_ADVANCED, DEFAULT_SCALING, type EndpointSpec, type Engine } from '@/lib/domain/endpoint/spec'
import type { Task } from '@/lib/domain/endpoint/task'
import { containerOf } from './container'
import { instanceTypeOf } from './hardware'
import { howItStarts } from './variant'

const typeOf = (instanceName: string, region = 'us-east-1') => {
  const type = instanceTypeOf({ instanceName, cpus: 4, memoryGib: 16, priceUsdPerHour: 1 }, region)
  if (!type) throw new Error(`no ${instanceName}`)
  return type
}
const CPU = typeOf('ml.m5.xlarge')
const GPU = typeOf('ml.g5.xlarge')
const FOUR_GPUS = typeOf('ml.g5.12xlarge')

function specOf(task: Task, engine: Engine): EndpointSpec {
  return {
    model: { source: { kind: 'hub', repository: 'org/model', revision: 'abc' }, task },
    hardware: {
      provider: 'sagemaker',
      connection: null,
      region: 'us-east-1',
      instanceType: 'any',
      scaling: DEFAULT_SCALING,
    },
    security: { level: 'protected' },
    advanced: { ...DEFAULT_ADVANCED, engine, env: { OWN: '1' } },
    secretNames: [],
  }
}
const served = (task: Task, server?: ModelServer) =>
  specOf(task, { kind: 'model-server', ...(server ? { server } : {}) })

test.each([
  [served('fill-mask'), CPU, '763104351884', 'huggingface-pytorch-inference', '-cpu-'],
  [served('fill-mask'), GPU, '763104351884', 'huggingface-pytorch-inference', '-gpu-'],
  [served('text-generation'), GPU, '763104351884', 'huggingface-pytorch-tgi-inference', '-gpu-'],
  [served('text-generation'), CPU, '763104351884', 'huggingface-pytorch-inference', '-cpu-'],
  [served('text-generation', 'vllm'), GPU, '763104351884', 'huggingface-vllm', '-gpu-'],
  [served('feature-extraction', 'tei'), GPU, '683313688378', 'tei', '-gpu-'],
  [served('feature-extraction', 'tei'), CPU, '683313688378', 'tei-cpu', '-cpu-'],
])('a model of the Hub runs in Hugging Face’s container for it (%#)', (spec, type, account, image, on) => {
  const { Image } = containerOf(spec, {}, type)
  expect(Image.startsWith(`${account}.dkr.ecr.us-east-1.amazonaws.com/${image}:`)).toBe(true)
  expect(Image).toContain(on)
})

test('containers are each region’s own', () => {
  const imageIn = (region: string, server?: ModelServer) =>
    containerOf(served('feature-extraction', server), {}, typeOf('ml.m5.xlarge', region)).Image
  expect(imageIn('eu-central-2')).toMatch(/^380420809688\.dkr\.ecr\.eu-central-2\.amazonaws\.com\//)
  expect(imageIn('ap-southeast-5')).toMatch(/^550225433462\./)
  expect(imageIn('cn-north-1')).toMatch(/^727897471807\.dkr\.ecr\.cn-north-1\.amazonaws\.com\.cn\//)
  expect(imageIn('eu-west-1', 'tei')).toMatch(/^141502667606\./)
  expect(() => imageIn('ap-southeast-5', 'tei')).toThrow(/no TEI container in ap-southeast-5/)
})

test('model, commit and GPUs are told by the names that each server reads', () => {
  const environment = (spec: EndpointSpec, type = FOUR_GPUS) =>
    containerOf(spec, { KEY: 's' }, type).Environment
  const own = { OWN: '1', KEY: 's', HF_MODEL_ID: 'org/model' }
  expect(environment(served('text-generation'))).toEqual({ ...own, REVISION: 'abc', SM_NUM_GPUS: '4' })
  expect(environment(served('text-generation', 'vllm'))).toEqual({
    ...own,
    SM_VLLM_REVISION: 'abc',
    SM_VLLM_TENSOR_PARALLEL_SIZE: '4',
  })
  expect(environment(served('feature-extraction', 'tei'))).toEqual({ ...own, HF_MODEL_REVISION: 'abc' })
  expect(environment(served('fill-mask'))).toEqual({
    ...own,
    HF_MODEL_REVISION: 'abc',
    HF_TASK: 'fill-mask',
  })
})

const OWN_IMAGE: Engine = {
  kind: 'container',
  image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/ours:1',
  port: 8080,
  healthRoute: null,
  command: [],
  args: [],
}

test('an image of one’s own is told which model of the Hub it shall run, if any', () => {
  const { Image, Environment } = containerOf(specOf('custom', OWN_IMAGE), {}, CPU)
  expect(Image).toBe(OWN_IMAGE.image)
  expect(Environment).toEqual({ HF_MODEL_ID: 'org/model', HF_MODEL_REVISION: 'abc', OWN: '1' })
  const spec = specOf('custom', OWN_IMAGE)
  const inside = { ...spec, model: { ...spec.model, source: { kind: 'image' as const } } }
  expect(containerOf(inside, {}, CPU).Environment).toEqual({ OWN: '1' })
  expect(howItStarts(inside, GPU)).toEqual({})
})

test('there is time to download a model, and a driver that its container’s CUDA runs on', () => {
  const patience = { ContainerStartupHealthCheckTimeoutInSeconds: 1_800 }
  expect(howItStarts(served('fill-mask'), CPU)).toEqual(patience)
  const driver = (spec: EndpointSpec) => howItStarts(spec, GPU).InferenceAmiVersion
  expect(driver(served('text-generation'))).toBe('al2-ami-sagemaker-inference-gpu-3-1')
  expect(driver(served('text-generation', 'vllm'))).toBe('al2023-ami-sagemaker-inference-gpu-4-1')
  expect(howItStarts(specOf('custom', OWN_IMAGE), GPU)).toEqual(patience)
})
