import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { ok, type Result } from '@/lib/domain/result'
import { type HfEndpointBody, type HfType, refuseField } from './hf-compat-body'
import { engineOfImage } from './hf-compat-image'
import { measureOfHf, networkOfHf } from './hf-compat-network'
import { type SpecInput, specInput } from './inputs'
import { type Engine, type ModelSource, modelSource, type SecretsInput } from './spec'
import { TASKS } from './task'

/** HF has no word for the bundled sample; this repository name is one. */
export const SAMPLE_REPOSITORY = 'slipway/sample-sentiment'

const DEFAULT_TIMEOUT_SECONDS = 300

export type HfRequest = { name: string; spec: SpecInput; secrets: SecretsInput; sentType: HfType }

/** An instance type and the connection that offers it; null where none is needed. */
export type PlacedType = InstanceType & { connection: string | null }

/** What the caller looks up: the instance type of an id, and the task of a model that names none. */
export type HfLookups = {
  instanceTypes: ReadonlyMap<string, PlacedType>
  taskOf: (source: ModelSource) => Promise<string | null>
}

/** HF's create body in our words. Whatever we cannot do is refused by the name HF gives it. */
export async function fromHfBody(body: HfEndpointBody, lookups: HfLookups): Promise<Result<HfRequest>> {
  const unsupported = unsupportedField(body)
  if (unsupported) return refuseField(unsupported, 'this portal does not support it')
  const type = instanceTypeOf(body, lookups.instanceTypes)
  if (!type.ok) return type
  const engine = engineOfImage(body.model)
  if (!engine.ok) return engine
  const source = sourceOf(body.model, engine.data)
  if (!source.ok) return source
  const security = securityOf(body)
  if (!security.ok) return security
  const task = body.model.task ?? (await defaultTask(source.data, engine.data, lookups))
  if (!TASKS.some(known => known === task))
    return refuseField(
      'model.task',
      task ? `unknown task ${task}` : 'cannot be told from the model: give one',
    )

  const measure = measureOfHf(body.compute.scaling)
  if (!measure.ok) return measure
  const { minReplica, maxReplica, scaleToZeroTimeout } = body.compute.scaling
  const parsed = specInput.safeParse({
    model: { source: source.data, task },
    hardware: {
      provider: type.data.provider,
      connection: type.data.connection,
      region: type.data.region,
      instanceType: type.data.id,
      scaling: {
        minReplicas: minReplica,
        maxReplicas: maxReplica,
        scaleToZeroTimeoutMinutes: scaleToZeroTimeout ?? null,
        ...(measure.data ? { measure: measure.data } : {}),
      },
    },
    security: security.data,
    network: networkOfHf(body),
    advanced: {
      engine: engine.data,
      env: body.model.env,
      tags: body.tags,
      requestTimeoutSeconds: body.requestTimeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
    },
  })
  if (parsed.success)
    return ok({ name: body.name, spec: parsed.data, secrets: body.model.secrets, sentType: body.type })
  const issue = parsed.error.issues[0]
  return refuseField(hfPath(issue?.path.join('.') ?? ''), issue?.message ?? 'not usable')
}

/** A field that is there to ask for nothing (null, false, {}) asks for nothing. */
const isGiven = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  value !== false &&
  !(typeof value === 'object' && Object.values(value).every(part => !isGiven(part)))

function unsupportedField(body: HfEndpointBody): string | undefined {
  const fields: Record<string, unknown> = {
    cacheHttpResponses: body.cacheHttpResponses,
    experimentalFeatures: body.experimentalFeatures,
    route: body.route,
    customRouter: body.customRouter,
    network: body.network,
  }
  return Object.keys(fields).find(name => isGiven(fields[name]))
}

function instanceTypeOf(
  { compute, provider }: HfEndpointBody,
  types: HfLookups['instanceTypes'],
): Result<PlacedType> {
  const { vendor, region } = provider
  const id = compute.id ?? `${vendor}-${region}-${compute.instanceType}-${compute.instanceSize}`
  const type = types.get(id)
  if (type && type.vendor === vendor && type.region === region) return ok(type)
  const known = [...types.keys()].slice(0, 8).join(', ')
  return refuseField('compute', `there is no instance type ${id}; there is ${known || 'none just now'}`)
}

function sourceOf(model: HfEndpointBody['model'], engine: Engine): Result<ModelSource> {
  const candidate =
    model.source ??
    (model.repository === SAMPLE_REPOSITORY
      ? { kind: 'sample', name: 'sentiment' }
      : engine.kind === 'container' && model.repository === ''
        ? { kind: 'image' }
        : { kind: 'hub', repository: model.repository, revision: model.revision || null })
  const parsed = modelSource.safeParse(candidate)
  if (parsed.success) return ok(parsed.data)
  const field = model.source ? 'model.source' : 'model.repository'
  return refuseField(field, parsed.error.issues[0]?.message ?? 'not usable')
}

/** HF's words with our one meaning: anything but `public` asks for a token, and with ranges for an address too. */
function securityOf({ type, allowedRanges }: HfEndpointBody): Result<unknown> {
  if (type === 'public')
    return allowedRanges?.length
      ? refuseField('allowedRanges', 'a public endpoint cannot be limited to addresses; choose type private')
      : ok({ level: 'public' })
  return ok(allowedRanges === undefined ? { level: 'protected' } : { level: 'private', allowedRanges })
}

async function defaultTask(source: ModelSource, engine: Engine, lookups: HfLookups): Promise<string | null> {
  return engine.kind === 'container' ? 'custom' : lookups.taskOf(source)
}

/** Our path of a field in HF's words. */
function hfPath(path: string): string {
  return path
    .replace('hardware.scaling.minReplicas', 'compute.scaling.minReplica')
    .replace('hardware.scaling.maxReplicas', 'compute.scaling.maxReplica')
    .replace('hardware.scaling.scaleToZeroTimeoutMinutes', 'compute.scaling.scaleToZeroTimeout')
    .replace('hardware.scaling.measure', 'compute.scaling.measure')
    .replace('network.private.link.awsAccount', 'privateService.accountId')
    .replace('network.private.link.entryRegion', 'privateService.region')
    .replace(/^network\.(private\.)?/, 'privateNetwork.')
    .replace('security.', '')
    .replace('advanced.env', 'model.env')
    .replace('advanced.engine', 'model.image')
    .replace('advanced.', '')
}
