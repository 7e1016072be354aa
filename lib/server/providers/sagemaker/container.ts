import type { ModelServer } from '@/lib/domain/endpoint/model-servers'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import type { Task } from '@/lib/domain/endpoint/task'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { ProviderError } from '../port'
import { type DlcImage, dlcImage } from './images'

export type Container = { Image: string; Environment: Record<string, string> }

/**
 * What SageMaker starts. It has no store of its own for secrets: they become environment variables, which whoever
 * may describe models of the account can read.
 */
export function containerOf(
  { model, advanced }: EndpointSpec,
  secrets: Readonly<Record<string, string>>,
  type: InstanceType,
): Container {
  const own = { ...advanced.env, ...secrets }
  const { engine } = advanced
  if (engine.kind === 'container') return { Image: engine.image, Environment: { ...modelOf(model), ...own } }
  if (model.source.kind !== 'hub')
    throw new ProviderError(
      'invalid_spec',
      'SageMaker cannot read models of this machine; choose one from the Hub.',
    )
  const { server, image } = serverOf(model.task, type, engine.server)
  const Image = dlcImage(image, type.region)
  if (Image === null) throw new ProviderError('invalid_spec', noImageIn(type.region))
  return { Image, Environment: { ...environmentOf(server, model, type), ...own } }
}

export const noImageIn = (region: string): string =>
  `AWS publishes no TEI container in ${region}: leave the choice of the server to Slipway.`

/** Generation on a GPU is what TGI is for; anything else runs in the inference toolkit. */
export function serverOf(
  task: Task,
  { accelerator }: Pick<InstanceType, 'accelerator'>,
  chosen?: ModelServer,
): { server: ModelServer; image: DlcImage } {
  const isGpu = accelerator === 'gpu'
  const server = chosen ?? (isGpu && task === 'text-generation' ? 'tgi' : 'toolkit')
  switch (server) {
    case 'toolkit':
      return { server, image: isGpu ? 'toolkit-gpu' : 'toolkit-cpu' }
    case 'tei':
      return { server, image: isGpu ? 'tei-gpu' : 'tei-cpu' }
    case 'tgi':
      return { server, image: 'tgi-gpu' }
    case 'vllm':
      return { server, image: 'vllm-gpu' }
  }
}

/** An image of the account's own has its model in it, or takes it from the Hub as the others do. */
const modelOf = ({ source, task }: EndpointSpec['model']): Record<string, string> =>
  source.kind === 'hub' ? { ...hubOf(source), ...(task === 'custom' ? {} : { HF_TASK: task }) } : {}

type HubSource = Extract<EndpointSpec['model']['source'], { kind: 'hub' }>

const hubOf = ({ repository, revision }: HubSource): Record<string, string> => ({
  HF_MODEL_ID: repository,
  ...(revision === null ? {} : { HF_MODEL_REVISION: revision }),
})

/** By the names that each server reads; the same commit and all GPUs, whichever it is. */
function environmentOf(
  server: ModelServer,
  model: EndpointSpec['model'],
  { gpu }: InstanceType,
): Record<string, string> {
  if (model.source.kind !== 'hub') return {}
  const { repository, revision } = model.source
  const gpus = String(gpu?.count ?? 1)
  switch (server) {
    case 'toolkit':
      return modelOf(model)
    case 'tei':
      return hubOf(model.source)
    case 'tgi':
      return {
        HF_MODEL_ID: repository,
        ...(revision === null ? {} : { REVISION: revision }),
        SM_NUM_GPUS: gpus,
      }
    case 'vllm':
      return {
        HF_MODEL_ID: repository,
        ...(revision === null ? {} : { SM_VLLM_REVISION: revision }),
        SM_VLLM_TENSOR_PARALLEL_SIZE: gpus,
      }
  }
}
