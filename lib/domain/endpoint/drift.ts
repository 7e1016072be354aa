import { z } from 'zod'
import { type Change, diffSpecs } from './diff'
import { type EndpointSpec, type Engine, measureSchema, type Scaling } from './spec'
import { DESIRED_STATES } from './state'
import { TASKS } from './task'

/** What a provider says of what Slipway gave it; what it does not report is left out. */
export const seenSetup = z.object({
  /** As in the catalogue. */
  instanceType: z.string().optional(),
  scaling: z
    .object({
      minReplicas: z.number(),
      maxReplicas: z.number(),
      scaleToZeroTimeoutMinutes: z.number().nullable(),
      requestsPerMinute: z.number().optional(),
      measure: measureSchema.optional(),
    })
    .optional(),
  /** How many there are where nothing scales them. */
  instances: z.number().optional(),
  repository: z.string().optional(),
  modelRevision: z.string().optional(),
  task: z.enum(TASKS).optional(),
  image: z.string().optional(),
  /** How their own container is started and asked. */
  container: z
    .object({
      port: z.number().optional(),
      healthRoute: z.string().optional(),
      command: z.array(z.string()).optional(),
      args: z.array(z.string()).optional(),
    })
    .optional(),
  /** Where it keeps secrets among them, theirs too: `withoutSecrets` before it is shown or stored. */
  env: z.record(z.string(), z.string()).optional(),
  /** Beginnings of names that the provider gives to variables of its own: `env` is without any called so. */
  ownEnv: z.array(z.string()).optional(),
  /** It answers to others than its account. */
  isOpen: z.boolean().optional(),
  /** Its own address there answers from the internet, to whoever it takes for its account. */
  isOnInternet: z.boolean().optional(),
})
export type SeenSetup = z.infer<typeof seenSetup>

/** The intent that was last seen reached at the provider: what differs from then on was changed outside. */
export const settlement = z.object({
  desired: z.enum(DESIRED_STATES),
  revision: z.number(),
  isThere: z.boolean(),
  /** The provider's word for what it had then. */
  version: z.string().nullable(),
  /** What it had then was this revision; not so when a paused one was changed. */
  isCurrent: z.boolean(),
  /** Somebody asked to put ours back: applied once more, whatever is there. */
  isRestoring: z.boolean().default(false),
})
export type Settlement = z.infer<typeof settlement>

const change = z.object({
  path: z.string(),
  label: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
})

/** What was changed outside Slipway. Of a change, `before` is ours and `after` theirs. */
export const drift = z.object({
  /** What became of the whole of it; null where only settings differ. */
  state: z.enum(['gone', 'paused', 'running']).nullable(),
  changes: z.array(change),
  setup: seenSetup,
  version: z.string().nullable(),
  /** When exactly this was first seen, ISO. Names it: whoever resolves it says which one they saw. */
  since: z.string(),
  /** Seen twice in a row. One look alone may be an old answer. */
  isConfirmed: z.boolean(),
})
export type Drift = z.infer<typeof drift>
export type SeenDrift = Pick<Drift, 'state' | 'changes' | 'setup' | 'version'>

/** Our spec with what the provider says in place of ours. */
export function specAsSeen(spec: EndpointSpec, seen: SeenSetup): EndpointSpec {
  const { model, hardware, advanced } = spec
  const { source } = model
  return {
    ...spec,
    model: {
      source: source.kind === 'hub' ? { ...source, ...hubSourceOf(source, seen) } : source,
      task: seen.task ?? model.task,
    },
    hardware: {
      ...hardware,
      instanceType: seen.instanceType ?? hardware.instanceType,
      scaling: scalingAsSeen(hardware.scaling, seen),
    },
    advanced: {
      ...advanced,
      engine: engineAsSeen(advanced.engine, seen),
      env: envAsSeen(advanced.env, seen),
    },
  }
}

function envAsSeen(ours: Record<string, string>, { env, ownEnv = [] }: SeenSetup): Record<string, string> {
  if (env === undefined) return ours
  const unsaid = Object.entries(ours).filter(([name]) => ownEnv.some(start => name.startsWith(start)))
  return { ...env, ...Object.fromEntries(unsaid) }
}

/** What is seen of a spec with these secrets, which nobody is shown. */
export function withoutSecrets(
  seen: SeenSetup,
  { secretNames }: Pick<EndpointSpec, 'secretNames'>,
): SeenSetup {
  if (seen.env === undefined) return seen
  const shown = Object.entries(seen.env).filter(([name]) => !secretNames.includes(name))
  return { ...seen, env: Object.fromEntries(shown) }
}

function engineAsSeen(ours: Engine, { image, container = {} }: SeenSetup): Engine {
  if (ours.kind !== 'container') return ours
  const { healthRoute, ...started } = container
  return {
    ...ours,
    ...started,
    image: image ?? ours.image,
    // Without a route of ours theirs is a default.
    healthRoute: ours.healthRoute === null ? null : (healthRoute ?? ours.healthRoute),
  }
}

type HubSource = Extract<EndpointSpec['model']['source'], { kind: 'hub' }>

/** Unpinned means that whatever they resolve it to is right. */
function hubSourceOf(ours: HubSource, { repository, modelRevision }: SeenSetup): Partial<HubSource> {
  const isOther = repository !== undefined && repository !== ours.repository
  return {
    ...(isOther ? { repository, revision: modelRevision ?? null } : {}),
    ...(!isOther && ours.revision !== null && modelRevision ? { revision: modelRevision } : {}),
  }
}

function scalingAsSeen(ours: Scaling, { scaling, instances }: SeenSetup): Scaling {
  if (scaling) {
    const { requestsPerMinute, measure, ...range } = scaling
    return {
      ...range,
      // Without a choice of ours theirs is a default.
      ...(ours.measure ? { measure: measure ?? ours.measure } : {}),
      ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
    }
  }
  if (instances === undefined) return ours
  const isScaled = ours.minReplicas < ours.maxReplicas && ours.requestsPerMinute !== undefined
  const isWithin = instances >= ours.minReplicas && instances <= ours.maxReplicas
  if (isWithin && !isScaled) return ours
  return { minReplicas: instances, maxReplicas: Math.max(1, instances), scaleToZeroTimeoutMinutes: null }
}

/** Which of our settings are not what the provider says. */
export function setupChanges(spec: EndpointSpec, seen: SeenSetup): Change[] {
  const changes = diffSpecs(spec, specAsSeen(spec, seen))
  return [...changes, ...(seen.isOpen ? [OPENED] : []), ...networkChange(spec, seen)]
}

const NETWORK = 'network'

function networkChange({ network }: EndpointSpec, { isOnInternet }: SeenSetup): Change[] {
  const isPrivate = network?.private !== undefined
  if (isOnInternet === undefined || isOnInternet !== isPrivate) return []
  const [before, after] = isPrivate ? ['private', 'on the internet'] : ['on the internet', 'private']
  return [{ path: NETWORK, label: 'its address', before, after }]
}

/** Why what was changed outside cannot be taken for what the team wants. */
export function keepProblemOf({ setup, changes }: Pick<Drift, 'setup' | 'changes'>): string | null {
  if (setup.isOpen) return OPEN
  return changes.some(({ path }) => path === NETWORK) ? OTHER_NETWORK : null
}

const OPEN =
  'It is open to everybody at the provider. Put ours back: Slipway keeps its endpoints closed to all but their account.'
const OTHER_NETWORK =
  'Slipway cannot tell who shall reach it now. Put ours back, or say under Settings whether it is private.'

const OPENED: Change = {
  path: 'access',
  label: 'access at the provider',
  before: 'its account only',
  after: 'everybody',
}

export const isSameDrift = (a: SeenDrift, b: SeenDrift): boolean => textOf(a) === textOf(b)
const textOf = ({ state, changes, version }: SeenDrift) => JSON.stringify([state, changes, version])
