import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { quotaProblem } from '@/lib/domain/hardware/quota-problem'
import type { Problem } from '../port'
import { type Container, containerOf } from './bodies'

/** What Azure would refuse, said before anything is written. */
export function checkAzureSpec(spec: EndpointSpec, types: readonly InstanceType[]): Problem[] {
  const { hardware, model } = spec
  const problems: Problem[] = []
  const add = (field: string, message: string) => problems.push({ field, message })
  const type = types.find(candidate => candidate.id === hardware.instanceType)
  if (!type) add('hardware.instanceType', `Azure has no ${hardware.instanceType} for this connection.`)
  else if (type.region !== hardware.region)
    add('hardware.region', `${type.label} is in ${type.region}, not in ${hardware.region}.`)
  else if (type.availability.status === 'unavailable') add('hardware.instanceType', type.availability.reason)
  const tooMany = type ? quotaProblem(type, hardware.scaling.maxReplicas) : null
  if (tooMany) add('hardware.scaling.maxReplicas', tooMany)
  if (hardware.scaling.minReplicas < 1)
    add('hardware.scaling.minReplicas', 'At least 1 replica; pause the endpoint for none.')
  const container = containerOf(spec)
  if (container) problems.push(...containerProblems(container))
  else {
    if (model.source.kind !== 'hub')
      add('model.source', 'Azure cannot read models of this machine; choose one from the Hub.')
    if (model.task === 'custom')
      add('model.task', 'A custom task needs a container; choose the task of the model.')
  }
  return problems
}

function containerProblems({ command, args }: Container): Problem[] {
  if (command.length === 0 && args.length === 0) return []
  const message = 'Azure starts images with their own command; put it into the image, or use its variables.'
  return [{ field: 'advanced.engine.command', message }]
}
