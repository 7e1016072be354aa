import { serverProblem } from '@/lib/domain/endpoint/model-servers'
import type { EndpointSpec, Engine, Scaling } from '@/lib/domain/endpoint/spec'
import { SAGEMAKER_IDLE_MINUTES } from '@/lib/domain/hardware/idle-minutes'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { hardwareProblems, modelProblems } from '../common-problems'
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
  const { type, problems } = hardwareProblems(hardware, types, 'SageMaker')
  const { engine, env } = advanced
  return [
    ...problems,
    ...zeroProblems(hardware.scaling, type),
    ...(engine.kind === 'container'
      ? containerProblems(engine, hardware.region)
      : [...modelProblems(model, 'SageMaker'), ...serverProblems(engine, model.task, type)]),
    ...variableProblems(env),
  ]
}

function variableProblems(env: Readonly<Record<string, string>>): Problem[] {
  const problems: Problem[] = []
  const add = (message: string) => problems.push({ field: 'advanced.env', message })
  const values = Object.entries(env)
  if (values.length > MAX_VARIABLES) add(`At most ${MAX_VARIABLES} variables.`)
  for (const [name, value] of values)
    if (value.length > MAX_VALUE_LENGTH)
      add(`${name} is longer than the ${MAX_VALUE_LENGTH} characters SageMaker takes.`)
  return problems
}

const OLD_FAMILIES = ['ml.m5', 'ml.m5d', 'ml.c5', 'ml.c5d', 'ml.p2']
const WITHOUT_ZERO = /^(?:cn|us-gov|us-iso)/

/** Scaling to zero takes inference components, which not all hardware and not all regions have. */
function zeroProblems(
  { minReplicas, scaleToZeroTimeoutMinutes: minutes }: Scaling,
  type: InstanceType | undefined,
): Problem[] {
  const at = (name: string, message: string) => ({ field: `hardware.${name}`, message })
  if (minReplicas > 0)
    return minutes === null ? [] : [at('scaling.minReplicas', 'To scale to zero the minimum must be 0.')]
  const problems: Problem[] = []
  if (minutes !== SAGEMAKER_IDLE_MINUTES)
    problems.push(
      at(
        'scaling.scaleToZeroTimeoutMinutes',
        `SageMaker itself decides when: after about ${SAGEMAKER_IDLE_MINUTES} minutes without a request. Choose that.`,
      ),
    )
  if (type && OLD_FAMILIES.includes(type.type))
    problems.push(
      at(
        'instanceType',
        `SageMaker does not scale ${type.type} to zero: choose other hardware, or 1 replica.`,
      ),
    )
  if (type && WITHOUT_ZERO.test(type.region))
    problems.push(at('scaling.minReplicas', `SageMaker does not scale to zero in ${type.region}.`))
  return problems
}

type OwnServer = Extract<Engine, { kind: 'model-server' }>

function serverProblems(
  { server }: OwnServer,
  task: EndpointSpec['model']['task'],
  type: InstanceType | undefined,
): Problem[] {
  if (!type) return []
  const at = (message: string) => [{ field: 'advanced.engine', message }]
  const misfit = server ? serverProblem(server, { task, accelerator: type.accelerator }) : null
  if (misfit) return at(misfit)
  const image = dlcImage(serverOf(task, type, server).image, type.region)
  return image === null ? at(noImageIn(type.region)) : []
}

type ContainerEngine = Extract<Engine, { kind: 'container' }>

function containerProblems(engine: ContainerEngine, region: string): Problem[] {
  const at = (name: string, message: string) => ({ field: `advanced.engine.${name}`, message })
  const problems: Problem[] = []
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
