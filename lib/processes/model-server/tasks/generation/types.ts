import type { GenerationParameters } from './parameters'

export type ChatMessage = { role: string; content: string }

/** A prompt as text, or a conversation the model's own chat template makes one of. */
export type Prompt = { kind: 'text'; text: string } | { kind: 'chat'; messages: ChatMessage[] }

/** What the engine is asked to generate, whichever route asked. */
export type GenerationInput = {
  prompts: Prompt[]
  /** Answers per prompt. */
  count: number
  parameters: GenerationParameters
  stop: string[]
  seed: number | null
  /** Keep only the last so many tokens of a prompt. */
  truncate: number | null
  /** Whether anybody asked for log-probabilities; they cost a pass over the vocabulary per token. */
  logprobs: boolean
  /** Whether tokens are sent ahead as they come. */
  stream: boolean
}

export type Token = { id: number; text: string; logprob: number | null; special: boolean }

export type FinishReason = 'length' | 'eos_token' | 'stop_sequence'

export type Generated = {
  /** Without the prompt and without the stop sequence. */
  text: string
  stopSequence: string | null
  finishReason: FinishReason
  promptTokens: number
  tokens: Token[]
}

/**
 * Sent ahead while streaming: `text` is what may be shown now, which can lag behind the token. Text that was held back
 * to the end comes with the last token once more.
 */
export type GenerationPart = { sequence: number; index: number; token: Token; text: string }
