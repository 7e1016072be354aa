import type { Generated, GenerationPart, Prompt } from '../../tasks/generation/types'
import type { ToolkitShape } from '../../tasks/text-generation'

/** The toolkit's (and TGI's) answer: `[{generated_text, details?}]`. */
export function toolkitAnswer(answers: readonly Generated[], shape: ToolkitShape): unknown[] {
  const perPrompt = Math.max(1, Math.floor(answers.length / shape.prompts.length))
  return answers.map((answer, index) => ({
    generated_text: generatedText(answer, shape.prompts[Math.floor(index / perPrompt)], shape.fullText),
    ...(shape.details && { details: details(answer, shape.seed) }),
  }))
}

/** HF keeps the stop sequence; a conversation comes back with the assistant's message appended. */
function generatedText(answer: Generated, prompt: Prompt | undefined, fullText: boolean): unknown {
  const text = textOf(answer)
  if (prompt?.kind === 'chat') return [...prompt.messages, { role: 'assistant', content: text }]
  return fullText && prompt ? prompt.text + text : text
}

const textOf = (answer: Generated) => answer.text + (answer.stopSequence ?? '')

const details = (answer: Generated, seed: number | null) => ({
  finish_reason: answer.finishReason,
  generated_tokens: answer.tokens.length,
  seed,
  prefill: [],
  tokens: answer.tokens,
})

/** TGI's stream: one event per token, the last with the whole text. */
export const tgiEvent = (part: GenerationPart) => ({
  index: part.index,
  token: part.token,
  generated_text: null,
  details: null,
})

export function tgiLastEvent(part: GenerationPart, answer: Generated, seed: number | null) {
  return {
    index: part.index,
    token: part.token,
    generated_text: textOf(answer),
    details: {
      finish_reason: answer.finishReason,
      generated_tokens: answer.tokens.length,
      input_length: answer.promptTokens,
      seed,
    },
  }
}
