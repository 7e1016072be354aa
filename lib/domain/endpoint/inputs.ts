import { z } from 'zod'
import { endpointName } from './name'
import { ENDPOINT_SORTS } from './sort'
import { endpointSpec, secretsInput } from './spec'
import { ENDPOINT_STATES } from './state'

/** Lists and numbers arrive as such from code and as text from a URL. */
const listOf = <T extends z.ZodType<unknown, string>>(item: T) =>
  z
    .union([z.string().transform(text => text.split(',').filter(Boolean)), z.array(z.string())])
    .pipe(z.array(item))
const wholeNumber = z.union([
  z.number().int(),
  z
    .string()
    .regex(/^\d{1,15}$/, 'Give a whole number.')
    .transform(Number),
])

/** Names an endpoint: its name, or its id (which is how a deleted one is still found). */
export const endpointRef = z.object({ team: z.string().min(1).max(64), endpoint: z.string().min(1).max(64) })
export type EndpointRefInput = z.infer<typeof endpointRef>

/** What a person writes of a spec; the names of its secrets follow from the secrets given beside it. */
export const specInput = endpointSpec.omit({ secretNames: true })
export type SpecInput = z.infer<typeof specInput>

export const createEndpointInput = z.object({
  team: z.string().min(1).max(64),
  name: endpointName,
  spec: specInput,
  /** A string each: there is no earlier revision to keep a value of. */
  secrets: secretsInput.default({}),
  /** HF's `type` word where the request came by the HF-compatible API; echoed there. */
  sentType: z.string().max(32).nullable().default(null),
})
export type CreateEndpointInput = z.input<typeof createEndpointInput>

export const updateEndpointInput = endpointRef.extend({
  /** The revision the change was made from. A newer one refuses it, with the other person's diff. */
  baseRevision: z.number().int().positive(),
  /** The whole spec as it shall be. */
  spec: specInput,
  /** All secrets as they shall be: a string sets, null keeps the value, an absent name removes the secret. */
  secrets: secretsInput.default({}),
  sentType: z.string().max(32).nullable().default(null),
})
export type UpdateEndpointInput = z.input<typeof updateEndpointInput>

export const removeEndpointInput = endpointRef.extend({
  /** What the person typed to confirm; checked when given. Scripts name the endpoint in the URL already. */
  typedName: z.string().optional(),
})
export type RemoveEndpointInput = z.input<typeof removeEndpointInput>

export const listEndpointsInput = z.object({
  team: z.string().min(1).max(64),
  /** Words that name, model, task or a tag must contain, all of them. */
  search: z.string().trim().max(200).optional(),
  states: listOf(z.enum(ENDPOINT_STATES)).optional(),
  tags: listOf(z.string()).optional(),
  sort: z.enum(ENDPOINT_SORTS).default('name'),
  direction: z.enum(['asc', 'desc']).default('asc'),
  /** Only deleted ones, which are otherwise left out. */
  deleted: z.stringbool().or(z.boolean()).optional(),
})
export type ListEndpointsInput = z.input<typeof listEndpointsInput>

export const listEventsInput = endpointRef.extend({
  /** Older than this event; absent for the newest. */
  before: wholeNumber.pipe(z.number().positive()).optional(),
  limit: wholeNumber.pipe(z.number().min(1).max(200)).default(50),
})
export type ListEventsInput = z.input<typeof listEventsInput>
