import type { InferenceComponentStartupParameters, ProductionVariant } from '@aws-sdk/client-sagemaker'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { serverOf } from './container'

/** A model is downloaded and loaded within this; SageMaker itself gives up after eight minutes. */
const PATIENCE_SECONDS = 1_800
/**
 * Machines whose drivers are new enough for the containers' CUDA 12 and 13. Those that SageMaker takes by itself have
 * older ones.
 */
const CUDA_12 = 'al2-ami-sagemaker-inference-gpu-3-1'
const CUDA_13 = 'al2023-ami-sagemaker-inference-gpu-4-1'

type HowItStarts = Pick<
  ProductionVariant,
  'ContainerStartupHealthCheckTimeoutInSeconds' | 'InferenceAmiVersion'
>

/** What a configuration says of how a model starts. An image of the account's own gets the machines SageMaker takes. */
export function howItStarts({ model, advanced }: EndpointSpec, type: InstanceType): HowItStarts {
  if (model.source.kind !== 'hub') return {}
  const patience = { ContainerStartupHealthCheckTimeoutInSeconds: PATIENCE_SECONDS }
  if (advanced.engine.kind === 'container' || type.accelerator !== 'gpu') return patience
  const { server } = serverOf(model.task, type, advanced.engine.server)
  return { ...patience, InferenceAmiVersion: server === 'vllm' ? CUDA_13 : CUDA_12 }
}

/** The same of a component, which may become another kind of server on the same machines: the newest suit all. */
export const machineOf = (
  { model, advanced }: EndpointSpec,
  type: InstanceType,
): Pick<HowItStarts, 'InferenceAmiVersion'> =>
  model.source.kind === 'hub' && advanced.engine.kind === 'model-server' && type.accelerator === 'gpu'
    ? { InferenceAmiVersion: CUDA_13 }
    : {}

/** How long a component's model may take. */
export const patienceOf = ({ model }: EndpointSpec): InferenceComponentStartupParameters | null =>
  model.source.kind === 'hub' ? { ContainerStartupHealthCheckTimeoutInSeconds: PATIENCE_SECONDS } : null
