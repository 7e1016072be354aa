import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
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
  if (engine.kind === 'container') return { Image: engine.image, Environment: own }
  const { source, task } = model
  if (source.kind !== 'hub')
    throw new ProviderError(
      'invalid_spec',
      'SageMaker cannot read models of this machine; choose one from the Hub.',
    )
  const { repository, revision } = source
  const image = imageFor(task, type)
  const Environment =
    image === 'tgi-gpu'
      ? {
          HF_MODEL_ID: repository,
          ...(revision === null ? {} : { REVISION: revision }),
          SM_NUM_GPUS: String(type.gpu?.count ?? 1),
        }
      : {
          HF_MODEL_ID: repository,
          ...(revision === null ? {} : { HF_MODEL_REVISION: revision }),
          HF_TASK: task,
        }
  return { Image: dlcImage(image, type.region), Environment: { ...Environment, ...own } }
}

/** Generation on a GPU is what TGI is for; anything else runs in the inference toolkit. */
function imageFor(task: string, { accelerator }: InstanceType): DlcImage {
  if (accelerator !== 'gpu') return 'toolkit-cpu'
  return task === 'text-generation' ? 'tgi-gpu' : 'toolkit-gpu'
}
