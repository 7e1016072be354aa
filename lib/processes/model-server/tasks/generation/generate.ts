import type * as Library from '@huggingface/transformers'
import type { Control, LoadedModel } from '../adapter'
import { contextLength, endTokens, type LanguageModel, languageModel } from './language-model'
import { given } from './parameters'
import { GeneratedSequence } from './sequence'
import { stopWhen } from './stopping'
import type { Generated, GenerationInput, GenerationPart, Prompt } from './types'

/** When neither the request nor the model limits an answer. */
const UNLIMITED_NEW_TOKENS = 1024

/** Answers every prompt, one after the other; parts are sent ahead when asked for. */
export async function generate(
  model: LoadedModel,
  input: GenerationInput,
  control: Control,
): Promise<Generated[]> {
  const language = languageModel(model)
  if (input.seed !== null) model.library.random.seed(input.seed)
  const answers: Generated[] = []
  for (const prompt of input.prompts) {
    const encoded = encode(language, prompt, input.truncate)
    for (let copy = 0; copy < input.count && !control.cancelled(); copy++) {
      const sequence = answers.length
      const onPart = (part: Omit<GenerationPart, 'sequence'>) => {
        if (input.stream) control.emit({ sequence, ...part } satisfies GenerationPart)
      }
      const before = prompt.kind === 'text' ? lastIds(encoded) : []
      answers.push(await generateOne(model.library, language, { encoded, before, input, control, onPart }))
    }
  }
  return answers
}

type Encoded = ReturnType<LanguageModel['tokenizer']>

async function generateOne(
  library: typeof Library,
  language: LanguageModel,
  run: {
    encoded: Encoded
    before: readonly number[]
    input: GenerationInput
    control: Control
    onPart: (part: Omit<GenerationPart, 'sequence'>) => void
  },
): Promise<Generated> {
  const { encoded, before, input, control, onPart } = run
  const { tokenizer } = language
  const promptTokens = encoded.input_ids.dims.at(-1) ?? 0
  const sequence = new GeneratedSequence({
    decode: ids => tokenizer.decode(ids, { skip_special_tokens: false }),
    before,
    stop: input.stop,
    endTokens: endTokens(language),
    specialTokens: new Set(tokenizer.all_special_ids),
  })
  const watcher = new LogitsWatcher(library, input.logprobs)
  const streamer = new TokenStreamer(id => onPart(sequence.push(id, watcher.logprob(id))))
  await language.model.generate({
    ...encoded,
    ...given(input.parameters),
    max_new_tokens: newTokenLimit(language, input, promptTokens),
    streamer,
    stopping_criteria: stopWhen(library, control, () => sequence.isStopped),
    logits_processor: watcher.list,
  })
  const rest = sequence.flush()
  const generated = sequence.finish(promptTokens)
  const last = generated.tokens.at(-1)
  if (rest !== '' && last) onPart({ index: generated.tokens.length, token: last, text: rest })
  return generated
}

/** Enough of the prompt for a tokenizer to know how the next word is written. */
const CONTEXT_TOKENS = 8

const lastIds = ({ input_ids }: Encoded): number[] =>
  Array.from((input_ids.data as BigInt64Array).slice(-CONTEXT_TOKENS), Number)

function encode({ tokenizer, ...rest }: LanguageModel, prompt: Prompt, truncate: number | null): Encoded {
  const encoded =
    prompt.kind === 'text'
      ? tokenizer(prompt.text, { add_special_tokens: true })
      : tokenizer(renderChat(tokenizer, prompt.messages), { add_special_tokens: false })
  const length = encoded.input_ids.dims.at(-1) ?? 0
  if (length === 0) throw new Error('The prompt is empty.')
  const limit = contextLength({ tokenizer, ...rest })
  const kept = Math.min(length, truncate ?? length)
  if (limit !== null && kept >= limit) {
    throw new Error(`The prompt has ${kept} tokens; this model takes ${limit}, prompt and answer together.`)
  }
  if (kept === length) return encoded
  const tail = (tensor: Library.Tensor) => tensor.slice(null, [length - kept, length])
  return { input_ids: tail(encoded.input_ids), attention_mask: tail(encoded.attention_mask) }
}

function renderChat(
  tokenizer: LanguageModel['tokenizer'],
  messages: { role: string; content: string }[],
): string {
  if (!tokenizer.chat_template) {
    throw new Error(
      'This model has no chat template: send a prompt to /v1/completions or inputs to / instead.',
    )
  }
  return tokenizer.apply_chat_template(messages, { tokenize: false, add_generation_prompt: true })
}

function newTokenLimit(
  language: LanguageModel,
  { parameters }: GenerationInput,
  promptTokens: number,
): number {
  const context = contextLength(language)
  const room = context === null ? UNLIMITED_NEW_TOKENS : context - promptTokens
  const asked =
    parameters.max_new_tokens ?? (parameters.max_length ? parameters.max_length - promptTokens : undefined)
  return Math.max(1, Math.min(asked ?? room, room))
}

/** Receives each token the moment it is chosen; the library sends the prompt first. */
class TokenStreamer {
  #isPrompt = true

  constructor(readonly onToken: (id: number) => void) {}

  put(batch: bigint[][]): void {
    if (this.#isPrompt) {
      this.#isPrompt = false
      return
    }
    for (const id of batch[0] ?? []) this.onToken(Number(id))
  }

  end(): void {}
}

/** Sees the scores each token is chosen from, to say how likely it was. */
class LogitsWatcher {
  readonly list: Library.LogitsProcessorList
  #scores: Float32Array | null = null

  constructor(library: typeof Library, enabled: boolean) {
    const see = (scores: Float32Array) => {
      this.#scores = scores
    }
    class Watch extends library.LogitsProcessor {
      override _call(_ids: bigint[][], logits: Library.Tensor): Library.Tensor {
        see((logits.data as Float32Array).slice())
        return logits
      }
    }
    this.list = new library.LogitsProcessorList()
    if (enabled) this.list.push(new Watch())
  }

  /** Natural logarithm of the token's probability; null when nobody asked. */
  logprob(id: number): number | null {
    if (!this.#scores) return null
    let highest = Number.NEGATIVE_INFINITY
    for (const score of this.#scores) if (score > highest) highest = score
    let sum = 0
    for (const score of this.#scores) sum += Math.exp(score - highest)
    return (this.#scores[id] ?? Number.NEGATIVE_INFINITY) - highest - Math.log(sum)
  }
}
