import type { Generated, GenerationPart, Token } from '../../tasks/generation/types'

/** Which of OpenAI's two routes an answer is written for. */
export type Style = 'chat' | 'completion'

/** Fixed for one request: every chunk repeats it. */
export type Header = { style: Style; id: string; created: number; model: string }

const OBJECTS = {
  chat: { whole: 'chat.completion', chunk: 'chat.completion.chunk' },
  completion: { whole: 'text_completion', chunk: 'text_completion' },
} as const

export const newHeader = (style: Style, id: string, model: string, nowMs: number): Header => ({
  style,
  id: `${style === 'chat' ? 'chatcmpl' : 'cmpl'}-${id}`,
  created: Math.floor(nowMs / 1000),
  model,
})

const envelope = ({ style, id, created, model }: Header, kind: 'whole' | 'chunk') => ({
  id,
  object: OBJECTS[style][kind],
  created,
  model,
  system_fingerprint: 'slipway',
})

const finishReason = (answer: Generated) => (answer.finishReason === 'length' ? 'length' : 'stop')

export function usageOf(answers: readonly Generated[], perPrompt: number) {
  // Several answers share one prompt, which counts once.
  const prompts = answers.filter((_, index) => index % perPrompt === 0)
  const prompt_tokens = prompts.reduce((sum, answer) => sum + answer.promptTokens, 0)
  const completion_tokens = answers.reduce((sum, answer) => sum + answer.tokens.length, 0)
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens }
}

/** The answer in one piece. */
export function wholeAnswer(
  header: Header,
  answers: readonly Generated[],
  { perPrompt, echo }: { perPrompt: number; echo: readonly string[] },
) {
  const choices = answers.map((answer, index) => ({
    index,
    ...(header.style === 'chat'
      ? { message: { role: 'assistant', content: answer.text } }
      : { text: (echo[Math.floor(index / perPrompt)] ?? '') + answer.text }),
    logprobs: logprobsOf(header.style, answer.tokens),
    finish_reason: finishReason(answer),
  }))
  return { ...envelope(header, 'whole'), choices, usage: usageOf(answers, perPrompt) }
}

/** The first chunk of each choice says who speaks (chat), or repeats the prompt (completion with `echo`). */
export const openingChunk = (header: Header, index: number, echo: string) =>
  chunk(header, index, header.style === 'chat' ? { role: 'assistant', content: '' } : echo, null)

export const partChunk = (header: Header, part: GenerationPart) =>
  chunk(header, part.sequence, header.style === 'chat' ? { content: part.text } : part.text, null, [
    part.token,
  ])

export const closingChunk = (header: Header, index: number, answer: Generated) =>
  chunk(header, index, header.style === 'chat' ? {} : '', finishReason(answer))

export const usageChunk = (header: Header, answers: readonly Generated[], perPrompt: number) => ({
  ...envelope(header, 'chunk'),
  choices: [],
  usage: usageOf(answers, perPrompt),
})

function chunk(
  header: Header,
  index: number,
  content: object | string,
  finish: string | null,
  tokens: Token[] = [],
) {
  const choice = {
    index,
    ...(typeof content === 'string' ? { text: content } : { delta: content }),
    logprobs: logprobsOf(header.style, tokens),
    finish_reason: finish,
  }
  return { ...envelope(header, 'chunk'), choices: [choice] }
}

/** Null when nobody asked: tokens then carry no log-probability. */
function logprobsOf(style: Style, tokens: readonly Token[]): object | null {
  const known = tokens.filter(token => token.logprob !== null)
  if (known.length === 0) return null
  if (style === 'completion') {
    return {
      tokens: known.map(token => token.text),
      token_logprobs: known.map(token => token.logprob),
      top_logprobs: null,
      text_offset: [],
    }
  }
  return {
    content: known.map(({ text, logprob }) => ({
      token: text,
      logprob,
      bytes: [...Buffer.from(text)],
      top_logprobs: [],
    })),
  }
}

/** OpenAI's error shape: its SDKs show `error.message`. */
export const openAiError = (
  message: string,
  type: 'invalid_request_error' | 'server_error',
  code: number,
) => ({
  error: { message, type, param: null, code },
})
