import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import type { Problem } from '../port'
import { checkVariables } from './environment'
import { gigabytes, LOCAL_REGION } from './instance-types'
import type { Machine } from './machine'
import { locateModel } from './model-source'
import type { LocalSettings } from './settings'

type Surroundings = { settings: LocalSettings; machine: Machine; instanceTypes: readonly InstanceType[] }

/** Everything that stands in the way of this spec on this machine. */
export function checkLocalSpec(
  spec: EndpointSpec,
  { settings, machine, instanceTypes }: Surroundings,
): Problem[] {
  const { engine } = spec.advanced
  if (engine.kind === 'container') {
    const message = 'This machine runs models with the built-in model server; it cannot run containers.'
    return [{ field: 'advanced.engine', message }]
  }
  const model = locateModel(spec.model.source, settings)
  return [
    ...('problem' in model ? [model.problem] : []),
    ...checkTask(spec),
    ...checkHardware(spec, machine, instanceTypes),
    ...checkScaling(spec),
    ...checkVariables(spec.advanced.env, spec.secretNames),
  ]
}

function checkTask({ model }: EndpointSpec): Problem[] {
  if (model.task !== 'custom') return []
  return [{ field: 'model.task', message: 'A custom task needs a container; choose the task of the model.' }]
}

function checkHardware(
  { hardware }: EndpointSpec,
  machine: Machine,
  instanceTypes: readonly InstanceType[],
): Problem[] {
  if (hardware.region !== LOCAL_REGION.id) {
    return [{ field: 'hardware.region', message: `The only region here is ${LOCAL_REGION.id}.` }]
  }
  const type = instanceTypes.find(candidate => candidate.id === hardware.instanceType)
  const field = 'hardware.instanceType'
  if (!type) {
    const known = instanceTypes.map(candidate => candidate.id).join(', ')
    return [{ field, message: `This machine has no ${hardware.instanceType}; it has ${known}.` }]
  }
  if (type.availability.status === 'unavailable') return [{ field, message: type.availability.reason }]
  const neededBytes = hardware.scaling.maxReplicas * type.memoryBytes
  if (neededBytes <= machine.memoryBytes) return []
  const message = `${hardware.scaling.maxReplicas} replicas of ${gigabytes(type.memoryBytes)} need ${gigabytes(neededBytes)}; this machine has ${gigabytes(machine.memoryBytes)} for replicas. Choose fewer replicas or a smaller instance.`
  return [{ field: 'hardware.scaling.maxReplicas', message }]
}

function checkScaling({ hardware: { scaling } }: EndpointSpec): Problem[] {
  const problems: Problem[] = []
  if (scaling.minReplicas !== scaling.maxReplicas) {
    const message = 'This machine does not scale by itself: give the same minimum and maximum.'
    problems.push({ field: 'hardware.scaling.minReplicas', message })
  } else if (scaling.minReplicas === 0) {
    const message = 'At least one replica; to run none, pause the endpoint.'
    problems.push({ field: 'hardware.scaling.minReplicas', message })
  }
  if (scaling.scaleToZeroTimeoutMinutes !== null) {
    const message = 'This machine does not scale to zero; switch it off.'
    problems.push({ field: 'hardware.scaling.scaleToZeroTimeoutMinutes', message })
  }
  return problems
}
