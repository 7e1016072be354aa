import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { quotaProblem } from '@/lib/domain/hardware/quota-problem'
import type { Problem } from './port'

/** The hardware that is asked for, and what is wrong with it: not had, elsewhere, not to be had now, too much of it. */
export function hardwareProblems(
  { instanceType, region, scaling }: EndpointSpec['hardware'],
  types: readonly InstanceType[],
  provider: string,
): { type: InstanceType | undefined; problems: Problem[] } {
  const at = (name: string, message: string) => ({ field: `hardware.${name}`, message })
  const type = types.find(({ id }) => id === instanceType)
  if (!type)
    return { type, problems: [at('instanceType', `${provider} has no ${instanceType} for this connection.`)] }
  const { label, availability } = type
  const problems: Problem[] = []
  if (type.region !== region) problems.push(at('region', `${label} is in ${type.region}, not in ${region}.`))
  else if (availability.status === 'unavailable') problems.push(at('instanceType', availability.reason))
  const tooMany = quotaProblem(type, scaling.maxReplicas)
  return { type, problems: tooMany ? [...problems, at('scaling.maxReplicas', tooMany)] : problems }
}

/** What stands in the way of a model without a container of its own. */
export function modelProblems({ source, task }: EndpointSpec['model'], provider: string): Problem[] {
  const problems: Problem[] = []
  if (source.kind !== 'hub')
    problems.push({
      field: 'model.source',
      message: `${provider} cannot read models of this machine; choose one from the Hub.`,
    })
  if (task === 'custom')
    problems.push({
      field: 'model.task',
      message: 'A custom task needs a container; choose the task of the model.',
    })
  return problems
}
