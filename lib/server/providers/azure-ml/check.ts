import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { hardwareProblems, modelProblems } from '../common-problems'
import type { Problem } from '../port'
import { type Container, containerOf } from './bodies'

/** What Azure would refuse, said before anything is written. */
export function checkAzureSpec(spec: EndpointSpec, types: readonly InstanceType[]): Problem[] {
  const { hardware, model } = spec
  const { problems } = hardwareProblems(hardware, types, 'Azure')
  if (hardware.scaling.minReplicas < 1)
    problems.push({
      field: 'hardware.scaling.minReplicas',
      message: 'At least 1 replica; pause the endpoint for none.',
    })
  const container = containerOf(spec)
  return [...problems, ...(container ? containerProblems(container) : modelProblems(model, 'Azure'))]
}

function containerProblems({ command, args }: Container): Problem[] {
  if (command.length === 0 && args.length === 0) return []
  const message = 'Azure starts images with their own command; put it into the image, or use its variables.'
  return [{ field: 'advanced.engine.command', message }]
}
