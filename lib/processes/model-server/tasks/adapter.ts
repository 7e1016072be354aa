import type * as Library from '@huggingface/transformers'
import { z } from 'zod'
import type { ServedTask } from '@/lib/domain/endpoint/task'
import { fail, ok, type Result } from '@/lib/domain/result'

/** A request's body, decoded as far as its content type says and no further. */
export type Payload =
  | {
      kind: 'json'
      inputs: unknown
      parameters: Record<string, unknown>
      /** Options that some of HF's routes take beside `inputs` (`normalize`, `truncate` …). */
      options: Record<string, unknown>
    }
  | { kind: 'bytes'; bytes: Uint8Array; contentType: string; parameters: Record<string, unknown> }

export type Answer =
  | { kind: 'json'; value: unknown }
  /** Bytes for callers that accept them, else base64 in JSON: alone, or under `key` beside `extra`. */
  | {
      kind: 'media'
      contentType: 'image/png' | 'audio/wav'
      bytes: Uint8Array
      key: string | null
      extra: Record<string, unknown>
    }

export const json = (value: unknown): Answer => ({ kind: 'json', value })

/** What a running answer sees of the world: whether its caller left, and a way to send parts ahead. */
export type Control = {
  readonly cancelled: () => boolean
  readonly emit: (part: unknown) => void
}

/** A model in memory. `library` is handed in so that only the engine thread loads it. */
export type LoadedModel = {
  task: ServedTask
  folder: string
  /** The library's pipeline of this task. Its classes share no useful type: adapters narrow it to what they call. */
  pipeline: unknown
  library: typeof Library
}

/**
 * One task's wire format. `parse` is pure and runs before queueing, so that a bad request costs nothing; `run` runs
 * on the engine thread and may throw: the message becomes the answer's `error`. What `parse` returns crosses
 * threads by structured clone.
 */
export type Adapter<Input> = {
  parse(payload: Payload): Result<Input>
  run(model: LoadedModel, input: Input, control: Control): Promise<Answer>
}

/** An adapter whose input type only its own two halves know. */
export type AnyAdapter = Adapter<unknown>

export const adapter = <Input>(definition: Adapter<Input>): AnyAdapter => ({
  parse: definition.parse,
  // Safe: the engine only ever hands `run` what this adapter's own `parse` returned.
  run: (model, input, control) => definition.run(model, input as Input, control),
})

/** Parses a JSON request's `inputs` and `parameters`; the message says which part is wrong and how. */
export function parseJson<Inputs extends z.ZodType, Parameters extends z.ZodType>(
  payload: Payload,
  shape: { inputs: Inputs; parameters: Parameters; expects: string },
): Result<{ inputs: z.output<Inputs>; parameters: z.output<Parameters> }> {
  if (payload.kind !== 'json') {
    return fail('invalid', `This task takes JSON with ${shape.expects}, not ${payload.contentType}.`)
  }
  const inputs = shape.inputs.safeParse(payload.inputs)
  if (!inputs.success) return fail('invalid', `inputs must be ${shape.expects}.`)
  const parameters = shape.parameters.safeParse({ ...payload.options, ...payload.parameters })
  if (!parameters.success) return fail('invalid', describeIssues(parameters.error))
  return ok({ inputs: inputs.data, parameters: parameters.data })
}

export const describeIssues = (error: z.ZodError): string =>
  error.issues.map(issue => `${['parameters', ...issue.path].join('.')}: ${issue.message}`).join('; ')

/** JSON clients send null where they mean "not set". */
export const optional = <T extends z.ZodType>(type: T) =>
  z.preprocess(value => value ?? undefined, type.optional())

export const topK = optional(z.number().int().min(1).max(10_000))
