import { z } from 'zod'
import { TASKS, type Task } from '@/lib/domain/endpoint/task'
import type { HubModelSummary } from '@/lib/domain/hub/model'
import { safetensorsSize } from '@/lib/domain/hub/safetensors'

/** What the Hub's `/api/models` says, as far as we use it (HUBAPI). Unknown fields are ignored. */
export const hubModel = z.object({
  id: z.string(),
  pipeline_tag: z.string().nullish(),
  library_name: z.string().nullish(),
  downloads: z.number().nullish(),
  likes: z.number().nullish(),
  gated: z.union([z.boolean(), z.string()]).nullish(),
  lastModified: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  safetensors: z.object({ parameters: z.record(z.string(), z.number()).nullish() }).nullish(),
})

/** The keys of `hubModel` for `expand`: with it the Hub sends these and the id, and only so the size of a list. */
export const SUMMARY_KEYS = Object.keys(hubModel.shape).filter(key => key !== 'id')

export type HubModel = z.infer<typeof hubModel>

export const hubModelInfo = hubModel.extend({
  sha: z.string(),
  siblings: z.array(z.object({ rfilename: z.string(), size: z.number().nullish() })).nullish(),
  cardData: z.object({ license: z.union([z.string(), z.array(z.string())]).nullish() }).nullish(),
})

const ref = z.object({ name: z.string(), targetCommit: z.string() })
export const hubRefs = z.object({ branches: z.array(ref).nullish(), tags: z.array(ref).nullish() })

const known = new Set<string>(TASKS)

/** The Hub's pipeline tags that have another name here. */
const ALIASES: Record<string, Task> = {
  'text-to-speech': 'text-to-audio',
  'image-text-to-text': 'image-to-text',
}

export function taskOf(pipelineTag: string | null | undefined): Task | null {
  if (!pipelineTag) return null
  return ALIASES[pipelineTag] ?? (known.has(pipelineTag) ? (pipelineTag as Task) : null)
}

export const summaryOf = (model: HubModel): HubModelSummary => ({
  id: model.id,
  task: taskOf(model.pipeline_tag),
  library: model.library_name ?? null,
  downloads: model.downloads ?? 0,
  likes: model.likes ?? 0,
  gated: model.gated !== false && model.gated != null,
  license: model.tags?.find(tag => tag.startsWith('license:'))?.slice('license:'.length) ?? null,
  updatedAt: model.lastModified ?? null,
  onnx: model.tags?.includes('onnx') ?? false,
  safetensors: safetensorsSize(model.safetensors?.parameters ?? {}),
})
