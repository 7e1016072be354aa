import { z } from 'zod'
import { securityLevel } from '@/lib/domain/access/security-schema'
import { PROVIDER_KINDS } from '@/lib/domain/hardware/provider'
import { network } from '@/lib/domain/network/network'
import { MODEL_SERVERS } from './model-servers'
import { MEASURE_INFO, SCALING_MEASURES } from './scaling-measure'
import { TASKS } from './task'

const hubRepository = z
  .string()
  .trim()
  .regex(/^[\w.-]+\/[\w.-]+$|^[\w.-]+$/, 'A Hub repository looks like owner/name.')
  .max(200)

/** Where the weights come from. A closed union: an unknown source is not typeable. */
export const modelSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sample'), name: z.enum(['sentiment']) }),
  z.object({
    kind: z.literal('hub'),
    repository: hubRepository,
    /** A commit hash once resolved; a branch or tag is resolved to one when the revision is written. */
    revision: z.string().trim().max(200).nullable(),
  }),
  z.object({
    kind: z.literal('folder'),
    /** Relative to SLIPWAY_MODELS_DIR. */
    path: z.string().trim().min(1, 'Choose a folder.').max(500),
  }),
  z.object({ kind: z.literal('image') }),
])
export type ModelSource = z.infer<typeof modelSource>

const environmentName = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]*$/,
    'A variable name has letters, digits and _, and does not begin with a digit.',
  )
  .max(128)

export const modelStep = z.object({ source: modelSource, task: z.enum(TASKS) })

export const measureSchema = z
  .object({ of: z.enum(SCALING_MEASURES), threshold: z.number().positive() })
  .refine(({ of, threshold }) => threshold <= MEASURE_INFO[of].most, {
    path: ['threshold'],
    message: 'That is more than can be.',
  })

/** Of one endpoint. */
export const MAX_REPLICAS = 64

export const scaling = z
  .object({
    minReplicas: z.number().int().min(0).max(MAX_REPLICAS),
    maxReplicas: z.number().int().min(1).max(MAX_REPLICAS),
    scaleToZeroTimeoutMinutes: z.number().int().min(1).max(10_080).nullable(),
    /** What autoscaling aims at per replica, where the provider scales by it. */
    requestsPerMinute: z.number().int().min(1).max(1_000_000).optional(),
    /** What autoscaling looks at, where the provider lets people choose; absent for its own choice. */
    measure: measureSchema.optional(),
  })
  .refine(value => value.minReplicas <= value.maxReplicas, {
    path: ['maxReplicas'],
    message: 'The maximum is at least the minimum.',
  })
export type Scaling = z.infer<typeof scaling>

export const hardwareStep = z.object({
  provider: z.enum(PROVIDER_KINDS),
  /** The account to run in; null where the provider needs none. */
  connection: z.uuid().nullable().default(null),
  region: z.string().min(1, 'Choose a region.').max(64),
  /** `{vendor}-{region}-{type}-{size}`, as in HF's hardware listing. */
  instanceType: z.string().min(1, 'Choose an instance type.').max(128),
  scaling,
})

export const securityStep = securityLevel

/** What runs the model: our model server, or a container of the user's own. */
export const engine = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('model-server'),
    /** Whose, where the provider has several; absent for its own choice. */
    server: z.enum(MODEL_SERVERS).optional(),
  }),
  z.object({
    kind: z.literal('container'),
    image: z.string().trim().min(1, 'Give an image.').max(500),
    port: z.number().int().min(1).max(65_535),
    healthRoute: z.string().regex(/^\//, 'A route begins with /.').max(200).nullable(),
    command: z.array(z.string().max(2000)).max(64),
    args: z.array(z.string().max(2000)).max(256),
  }),
])
export type Engine = z.infer<typeof engine>

export const advancedStep = z.object({
  engine,
  env: z.record(environmentName, z.string().max(32_768)),
  tags: z.array(z.string().trim().min(1).max(64)).max(32),
  /** A request that takes longer is answered 504 by the gateway. */
  requestTimeoutSeconds: z.number().int().min(1).max(3600),
})

/** One immutable version of what the team wants. Secrets are stored beside it, sealed; only names are here. */
export const endpointSpec = z.object({
  model: modelStep,
  hardware: hardwareStep,
  security: securityStep,
  /** How the provider's own door is closed to the internet, and where containers may connect to. */
  network: network.optional(),
  advanced: advancedStep,
  secretNames: z.array(environmentName).max(64),
})
export type EndpointSpec = z.infer<typeof endpointSpec>

/** Secrets of a new revision: a string sets, null keeps the value of the revision it is based on. */
export const secretsInput = z.record(environmentName, z.string().min(1).max(32_768).nullable())
export type SecretsInput = z.infer<typeof secretsInput>

export const DEFAULT_SCALING: Scaling = { minReplicas: 1, maxReplicas: 1, scaleToZeroTimeoutMinutes: null }
export const DEFAULT_ADVANCED: z.infer<typeof advancedStep> = {
  engine: { kind: 'model-server' },
  env: {},
  tags: [],
  requestTimeoutSeconds: 300,
}
