import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { hardwareProblems } from '../common-problems'
import type { Problem } from '../port'

/** What they would refuse, said before anything is written. */
export function checkHfSpec(
  { hardware, model, advanced }: EndpointSpec,
  types: readonly InstanceType[],
): Problem[] {
  const { problems } = hardwareProblems(hardware, types, 'Hugging Face')
  const add = (field: string, message: string) => problems.push({ field, message })
  const { minReplicas, scaleToZeroTimeoutMinutes } = hardware.scaling
  if (scaleToZeroTimeoutMinutes !== null && minReplicas > 0)
    add('hardware.scaling.minReplicas', 'Scaling to zero needs a minimum of 0 replicas.')
  if (scaleToZeroTimeoutMinutes === null && minReplicas === 0)
    add(
      'hardware.scaling.scaleToZeroTimeoutMinutes',
      'With a minimum of 0, say after how long without a request.',
    )
  if (model.source.kind === 'sample' || model.source.kind === 'folder')
    add('model.source', 'Hugging Face cannot read models of this machine; choose one from the Hub.')
  if (model.task === 'custom' && advanced.engine.kind === 'model-server')
    add('model.task', 'A custom task needs a container; choose the task of the model.')
  return problems
}
