import { z } from 'zod'
import { TASKS } from '@/lib/domain/endpoint/task'

/** A model on the Hub as a list shows it. */
export const hubModelSummary = z.object({
  id: z.string(),
  task: z.enum(TASKS).nullable(),
  library: z.string().nullable(),
  downloads: z.number(),
  likes: z.number(),
  gated: z.boolean(),
  license: z.string().nullable(),
  updatedAt: z.string().nullable(),
  /** It has ONNX weights, which the model server needs. */
  onnx: z.boolean(),
  /** Of the model's safetensors, where it has them; the ONNX weights of the same model weigh about as much. */
  safetensors: z.object({ parameters: z.number(), bytes: z.number() }).nullable(),
})
export type HubModelSummary = z.infer<typeof hubModelSummary>

export const hubModelList = z.object({ items: z.array(hubModelSummary) })

export const hubModelDetail = hubModelSummary.extend({
  /** The commit the asked revision points at: what an endpoint is pinned to. */
  commit: z.string(),
  revisions: z.array(z.object({ name: z.string(), kind: z.enum(['branch', 'tag']), commit: z.string() })),
  /** Bytes of what the model server loads, of its safetensors where it has no such; null where it has neither. */
  weightsBytes: z.number().nullable(),
  /** Why the model server cannot run it; null when it can. */
  obstacle: z.string().nullable(),
})
export type HubModelDetail = z.infer<typeof hubModelDetail>

/** A model in a folder below SLIPWAY_MODELS_DIR. */
export const folderModel = z.object({
  path: z.string(),
  task: z.enum(TASKS).nullable(),
  weightsBytes: z.number(),
  obstacle: z.string().nullable(),
})
export type FolderModel = z.infer<typeof folderModel>

export const folderModelList = z.object({ items: z.array(folderModel) })

/** `onnx`: what the model server loads, which clouds run too. `any`: what only clouds may be able to load. */
export const WEIGHTS = ['onnx', 'any'] as const
export type Weights = (typeof WEIGHTS)[number]

export const hubSearchInput = z.object({
  team: z.string().min(1).max(64),
  search: z.string().trim().max(200).default(''),
  task: z.enum(TASKS).optional(),
  author: z.string().trim().max(100).optional(),
  weights: z.enum(WEIGHTS).default('onnx'),
})
export type HubSearchInput = z.input<typeof hubSearchInput>

export const hubModelInput = z.object({
  team: z.string().min(1).max(64),
  repository: z
    .string()
    .trim()
    .regex(/^[\w.-]+\/[\w.-]+$|^[\w.-]+$/, 'A Hub repository looks like owner/name.')
    .max(200),
  revision: z.string().trim().min(1).max(200).default('main'),
})
export type HubModelInput = z.input<typeof hubModelInput>
