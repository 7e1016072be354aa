import { serverProblem } from '@/lib/domain/endpoint/model-servers'
import type { EndpointSpec, Engine } from '@/lib/domain/endpoint/spec'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { quotaProblem } from '@/lib/domain/hardware/quota-problem'
import type { Problem } from '../port'
import { noImageIn, serverOf } from './container'
import { dlcImage, ecrRegion } from './images'

const MAX_VARIABLES = 90
const MAX_VALUE_LENGTH = 1_024
/** SageMaker asks there and nowhere else. */
const PORT = 8_080
const HEALTH_ROUTE = '/ping'

/** What SageMaker would refuse, said before anything is written. */
export function checkSagemakerSpec(
  { hardware, model, advanced }: EndpointSpec,
  types: readonly InstanceType[],
): Problem[] {
  const problems: Problem[] = []
  const add = (field: string, message: string) => problems.push({ field, message })
  const type = types.find(candidate => candidate.id === hardware.instanceType)
  if (!type) add('hardware.instanceType', `SageMaker has no ${hardware.instanceType} for this connection.`)
  else if (type.region !== hardware.region)
    add('hardware.region', `${type.label} is in ${type.region}, not in ${hardware.region}.`)
  else if (type.availability.status === 'unavailable') add('hardware.instanceType', type.availability.reason)
  const tooMany = type ? quotaProblem(type, hardware.scaling.maxReplicas) : null
  if (tooMany) add('hardware.scaling.maxReplicas', tooMany)
  if (hardware.scaling.minReplicas < 1)
    add('hardware.scaling.minReplicas', 'At least 1 replica; pause the endpoint for none.')
  const { engine } = advanced
  const ofEngine =
    engine.kind === 'container'
      ? containerProblems(engine, hardware.region)
      : serverProblems(engine, model, type)
  for (const { field, message } of ofEngine) add(field, message)
  const values = Object.entries(advanced.env)
  if (values.length > MAX_VARIABLES) add('advanced.env', `At most ${MAX_VARIABLES} variables.`)
  for (const [name, value] of values)
    if (value.length > MAX_VALUE_LENGTH)
      add('advanced.env', `${name} is longer than the ${MAX_VALUE_LENGTH} characters SageMaker takes.`)
  return problems
}

type OwnServer = Extract<Engine, { kind: 'model-server' }>
type Problems = { field: string; message: string }[]

function serverProblems(
  { server }: OwnServer,
  { source, task }: EndpointSpec['model'],
  type: InstanceType | undefined,
): Problems {
  const problems: Problems = []
  const add = (field: string, message: string) => problems.push({ field, message })
  if (source.kind !== 'hub')
    add('model.source', 'SageMaker cannot read models of this machine; choose one from the Hub.')
  if (task === 'custom') add('model.task', 'A custom task needs a container; choose the task of the model.')
  if (!type) return problems
  const misfit = server ? serverProblem(server, { task, accelerator: type.accelerator }) : null
  if (misfit) add('advanced.engine', misfit)
  else if (dlcImage(serverOf(task, type, server).image, type.region) === null)
    add('advanced.engine', noImageIn(type.region))
  return problems
}

type ContainerEngine = Extract<Engine, { kind: 'container' }>

function containerProblems(engine: ContainerEngine, region: string): Problems {
  const at = (name: string, message: string) => ({ field: `advanced.engine.${name}`, message })
  const problems: Problems = []
  const imageRegion = ecrRegion(engine.image)
  if (imageRegion === null)
    problems.push(
      at('image', 'SageMaker runs images of Amazon ECR only: account.dkr.ecr.region.amazonaws.com/name:tag.'),
    )
  else if (imageRegion !== region)
    problems.push(at('image', `This image is in ${imageRegion}; push it to ECR in ${region}.`))
  if (engine.port !== PORT) problems.push(at('port', `SageMaker calls containers at port ${PORT}.`))
  if (engine.healthRoute !== null && engine.healthRoute !== HEALTH_ROUTE)
    problems.push(at('healthRoute', `SageMaker asks ${HEALTH_ROUTE}; leave it empty or give that.`))
  if (engine.command.length > 0 || engine.args.length > 0)
    problems.push(
      at('command', 'SageMaker starts images with their own entry point and the argument "serve".'),
    )
  return problems
}
