import { z } from 'zod'
import { fail, ok, type Result } from '@/lib/domain/result'
import { optional } from '../../tasks/adapter'
import type { GenerationParameters } from '../../tasks/generation/parameters'
import type { GenerationInput, Prompt } from '../../tasks/generation/types'

const MAX_PROMPTS = 16

const textPart = z.object({ type: z.literal('text'), text: z.string() })
const content = z.union([
  z.string(),
  z.array(textPart).transform(parts => parts.map(part => part.text).join('')),
])
const stop = optional(z.union([z.string().transform(text => [text]), z.array(z.string()).max(16)]))
const limit = optional(z.number().int().min(1))

/** What both routes take. Fields we do not know are ignored, as OpenAI's own servers do. */
const shared = z.object({
  model: optional(z.string()),
  stream: optional(z.boolean()),
  stream_options: optional(z.object({ include_usage: optional(z.boolean()) })),
  temperature: optional(z.number().min(0).max(2)),
  top_p: optional(z.number().gt(0).max(1)),
  n: optional(z.number().int().min(1).max(MAX_PROMPTS)),
  stop,
  seed: optional(z.number().int()),
  max_tokens: limit,
  frequency_penalty: optional(z.number()),
  presence_penalty: optional(z.number()),
  logit_bias: optional(z.record(z.string(), z.number())),
})
type Shared = z.infer<typeof shared>

const chatBody = shared.extend({
  messages: z.array(z.object({ role: z.string().min(1), content })).min(1),
  max_completion_tokens: limit,
  logprobs: optional(z.boolean()),
  response_format: optional(z.object({ type: z.string() })),
  tools: optional(z.array(z.unknown())),
  tool_choice: optional(z.unknown()),
})
const completionBody = shared.extend({
  prompt: z.union([
    z
      .string()
      .min(1)
      .transform(text => [text]),
    z.array(z.string().min(1)).min(1).max(MAX_PROMPTS),
  ]),
  echo: optional(z.boolean()),
  logprobs: optional(z.number().int().min(0)),
})

export type OpenAiRequest = {
  input: GenerationInput
  includeUsage: boolean
  /** Prompts to put before their answers (`echo`); empty when not asked for. */
  echo: string[]
}

export function parseChat(body: unknown): Result<OpenAiRequest> {
  const parsed = chatBody.safeParse(body)
  if (!parsed.success) return fail('invalid', describe(parsed.error))
  const request = parsed.data
  if (request.response_format && request.response_format.type !== 'text') {
    return unsupported('response_format', `"${request.response_format.type}"`)
  }
  if (request.tools?.length && request.tool_choice !== 'none') return unsupported('tools', 'calls')
  const prompt: Prompt = { kind: 'chat', messages: request.messages }
  const maxTokens = request.max_completion_tokens ?? request.max_tokens
  return toInput({ ...request, max_tokens: maxTokens }, [prompt], request.logprobs ?? false)
}

export function parseCompletion(body: unknown): Result<OpenAiRequest> {
  const parsed = completionBody.safeParse(body)
  if (!parsed.success) return fail('invalid', describe(parsed.error))
  const request = parsed.data
  const prompts = request.prompt.map((text): Prompt => ({ kind: 'text', text }))
  const result = toInput(
    { ...request, max_tokens: request.max_tokens ?? COMPLETION_TOKENS },
    prompts,
    request.logprobs !== undefined,
  )
  if (result.ok && request.echo) result.data.echo = request.prompt
  return result
}

/** OpenAI's default for this route. */
const COMPLETION_TOKENS = 16

function toInput(request: Shared, prompts: Prompt[], logprobs: boolean): Result<OpenAiRequest> {
  if (request.frequency_penalty) return unsupported('frequency_penalty', 'other than 0')
  if (request.presence_penalty) return unsupported('presence_penalty', 'other than 0')
  if (Object.keys(request.logit_bias ?? {}).length > 0) return unsupported('logit_bias', 'other than {}')
  return ok({
    input: {
      prompts,
      count: request.n ?? 1,
      parameters: samplingOf(request),
      stop: (request.stop ?? []).filter(Boolean),
      seed: request.seed ?? null,
      truncate: null,
      logprobs,
      stream: request.stream ?? false,
    },
    includeUsage: request.stream_options?.include_usage ?? false,
    echo: [],
  })
}

/** Temperature 0 is the most likely token each time; without one the model's own settings decide. */
function samplingOf({ temperature, top_p, max_tokens }: Shared): GenerationParameters {
  const chosen: GenerationParameters = { max_new_tokens: max_tokens }
  if (temperature === 0) return { ...chosen, do_sample: false }
  const isSampled = temperature !== undefined || top_p !== undefined
  return { ...chosen, temperature, top_p, ...(isSampled && { do_sample: true }) }
}

const unsupported = (field: string, what: string) =>
  fail('invalid', `${field} ${what} is not supported by this server.`)

const describe = (error: z.ZodError): string =>
  error.issues.map(issue => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; ')
