import { z } from 'zod'
import { optional } from '../adapter'

const MAX_NEW_TOKENS = 131_072
const positive = (type: z.ZodNumber) => optional(type.positive())

/** Generation parameters under HF's names, those the library implements. Unknown ones are ignored, as HF does. */
export const generationParameters = z.object({
  max_new_tokens: optional(z.number().int().min(1).max(MAX_NEW_TOKENS)),
  max_length: optional(z.number().int().min(1).max(MAX_NEW_TOKENS)),
  min_length: optional(z.number().int().min(0).max(MAX_NEW_TOKENS)),
  min_new_tokens: optional(z.number().int().min(0).max(MAX_NEW_TOKENS)),
  do_sample: optional(z.boolean()),
  temperature: positive(z.number()),
  top_k: positive(z.number().int()),
  top_p: optional(z.number().gt(0).max(1)),
  repetition_penalty: positive(z.number()),
  no_repeat_ngram_size: optional(z.number().int().min(0)),
})
export type GenerationParameters = z.infer<typeof generationParameters>

/** Only what was given: an undefined value would overwrite the model's own default. */
export function given(parameters: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined))
}
