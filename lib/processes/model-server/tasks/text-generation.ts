import { z } from 'zod'
import { fail, ok } from '@/lib/domain/result'
import { adapter, json, optional, parseJson } from './adapter'
import { generate } from './generation/generate'
import { generationParameters } from './generation/parameters'
import type { GenerationInput, Prompt } from './generation/types'

const MAX_SEQUENCES = 16
const TOOLKIT_NEW_TOKENS = 256

const message = z.object({ role: z.string(), content: z.string() })
const stops = optional(
  z
    .union([z.string().transform(text => [text]), z.array(z.string())])
    .transform(list => list.filter(Boolean)),
)

const inputs = z.union([
  z.string().min(1),
  z.array(z.string().min(1)).min(1).max(MAX_SEQUENCES),
  z.array(message).min(1),
])
/** HF's pipeline's and TGI's names. */
const parameters = generationParameters.extend({
  return_full_text: optional(z.boolean()),
  num_return_sequences: optional(z.number().int().min(1).max(MAX_SEQUENCES)),
  stop: stops,
  stop_sequences: stops,
  stop_strings: stops,
  seed: optional(z.number().int().nonnegative()),
  truncate: optional(z.number().int().min(1)),
  details: optional(z.boolean()),
  grammar: optional(z.unknown()),
})

/** How the toolkit's answer is written; the engine does not need it, the route that answers does. */
export type ToolkitShape = { fullText: boolean; details: boolean; prompts: Prompt[]; seed: number | null }
export type TextGenerationInput = GenerationInput & { shape?: ToolkitShape }

/**
 * `run` gives `Generated[]` whichever route asked; the routes write it as the toolkit, TGI or OpenAI do. `parse` reads
 * the toolkit's request.
 */
export const textGeneration = adapter<TextGenerationInput>({
  parse: payload => {
    const parsed = parseJson(payload, {
      inputs,
      parameters,
      expects: 'a prompt, a list of prompts, or a list of {"role", "content"} messages',
    })
    if (!parsed.ok) return parsed
    const { return_full_text, num_return_sequences, stop, stop_sequences, stop_strings, ...rest } =
      parsed.data.parameters
    const { seed = null, truncate = null, details = false, grammar, ...generation } = rest
    if (grammar !== undefined)
      return fail('invalid', 'parameters.grammar: guided generation is not supported.')
    const prompts = toPrompts(parsed.data.inputs)
    const isLimited = generation.max_new_tokens !== undefined || generation.max_length !== undefined
    return ok({
      prompts,
      count: num_return_sequences ?? 1,
      parameters: isLimited ? generation : { ...generation, max_new_tokens: TOOLKIT_NEW_TOKENS },
      stop: [...(stop ?? []), ...(stop_sequences ?? []), ...(stop_strings ?? [])],
      seed,
      truncate,
      logprobs: details,
      stream: false,
      shape: { fullText: return_full_text ?? true, details, prompts, seed },
    })
  },

  run: async (model, input, control) => json(await generate(model, input, control)),
})

function toPrompts(value: z.infer<typeof inputs>): Prompt[] {
  if (typeof value === 'string') return [{ kind: 'text', text: value }]
  const texts = value.filter(item => typeof item === 'string')
  if (texts.length > 0) return texts.map(text => ({ kind: 'text', text }))
  return [{ kind: 'chat', messages: value.filter(item => typeof item !== 'string') }]
}
