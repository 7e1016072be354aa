import { z } from 'zod'
import { calls, network, privateLink } from '@/lib/domain/network/network'
import { fail, ok, type Result } from '@/lib/domain/result'
import { SCALING_MEASURES } from './scaling-measure'

/**
 * The body of HF's create call, as its clients send it, with our extension fields for what HF has no words for:
 * `allowedRanges`, `requestTimeoutSeconds`, `model.source`, `privateNetwork`. Unknown fields are ignored, as HF does; known ones that
 * ask for something we cannot do are refused by name, never dropped in silence.
 */
const text = (max: number) => z.string().max(max)

export const HF_TYPES = ['public', 'protected', 'authenticated', 'private'] as const
export type HfType = (typeof HF_TYPES)[number]

const scaling = z.object({
  minReplica: z.number().int().min(0),
  maxReplica: z.number().int().min(1),
  scaleToZeroTimeout: z.number().int().positive().nullish(),
  measure: z.object({ hardwareUsage: z.number().nullish(), pendingRequests: z.number().nullish() }).nullish(),
  /** HF's older words for the same. */
  metric: z.enum(SCALING_MEASURES).nullish(),
  threshold: z.number().nullish(),
})

const compute = z.object({
  id: text(128).optional(),
  accelerator: text(32).optional(),
  instanceType: text(64),
  instanceSize: text(64),
  scaling,
})

const model = z.object({
  repository: text(500),
  framework: text(32).optional(),
  revision: text(200).nullish(),
  task: text(64).optional(),
  image: z.record(z.string(), z.unknown()).default({ huggingface: {} }),
  env: z.record(z.string(), z.string()).default({}),
  secrets: z.record(z.string(), z.string().nullable()).default({}),
  args: z.array(z.string()).default([]),
  command: z.array(z.string()).default([]),
  source: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('sample'), name: text(64) }),
      z.object({ kind: z.literal('folder'), path: text(500) }),
    ])
    .optional(),
})

export const hfEndpointBody = z.object({
  name: text(64),
  type: z.enum(HF_TYPES),
  provider: z.object({ vendor: text(64), region: text(64) }),
  compute,
  model,
  tags: z.array(z.string()).default([]),
  allowedRanges: z.array(z.string()).optional(),
  requestTimeoutSeconds: z.number().optional(),
  cacheHttpResponses: z.unknown().optional(),
  experimentalFeatures: z.unknown().optional(),
  privateService: z
    .object({
      accountId: text(64).nullish(),
      region: text(32).nullish(),
      shared: z.boolean().nullish(),
    })
    .nullish(),
  /** Ours: what HF has no words for. Its `link` is of other providers; who calls is of every one. */
  privateNetwork: z
    .object({ link: privateLink.optional(), calls: calls.optional(), vpc: network.shape.vpc })
    .nullish(),
  route: z.unknown().optional(),
  customRouter: z.unknown().optional(),
  network: z.unknown().optional(),
})
export type HfEndpointBody = z.output<typeof hfEndpointBody>

/** What the update call may hold: any part, merged into what is. Checked whole after merging. */
export const hfUpdateBody = z.looseObject({
  compute: z.looseObject({ scaling: z.looseObject({}).optional() }).optional(),
  model: z.looseObject({}).optional(),
  /** Ours: refuses the update when somebody changed the endpoint since this revision. */
  baseRevision: z.number().int().positive().optional(),
})
export type HfUpdateBody = z.output<typeof hfUpdateBody>

/** HF words its refusals as `VALIDATION_FAILED: field: what`; scripts look for that. */
export const refuseField = (path: string, reason: string): Result<never> =>
  fail('invalid', `VALIDATION_FAILED: ${path}: ${reason}`)

/** Parses a body, naming the first field that is wrong the way HF does. */
export function parseHf<S extends z.ZodType>(schema: S, body: unknown): Result<z.output<S>> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return ok(parsed.data)
  const issue = parsed.error.issues[0]
  const path = issue?.path.map(String) ?? []
  if (issue?.code === 'invalid_type' && issue.message.endsWith('received undefined'))
    return refuseField(path.slice(0, -1).join('.') || 'body', `missing field ${path.at(-1) ?? ''}`)
  return refuseField(path.join('.') || 'body', issue?.message ?? 'not usable')
}
