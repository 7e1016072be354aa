import { z } from 'zod'
import { adapter, json, optional, parseJson, topK } from './adapter'
import { type Span, toWords } from './text/align'
import { bestSpans, type Candidate, type Reading } from './text/answers'
import { idsOf, maxTokens, output, spansOf, type TextModel, textModel, textPositions } from './text/model'
import { windowsOf } from './text/windows'

const question = z.object({ question: z.string().min(1), context: z.string().min(1) })
const inputs = z.union([question, z.array(question).min(1)])
const positive = optional(z.number().int().min(1))
/** Names and defaults are those of HF's Python pipeline. */
const parameters = z.object({
  top_k: topK,
  doc_stride: positive,
  max_answer_len: positive,
  max_seq_len: positive,
  max_question_len: positive,
  handle_impossible_answer: optional(z.boolean()),
  align_to_words: optional(z.boolean()),
})
type Parameters = z.infer<typeof parameters>

const MAX_SEQUENCE = 384
const MAX_ANSWER = 15
const STRIDE = 128

/** `{score, start, end, answer}` for one question; a list with `top_k`, or one per question for a list. */
export const questionAnswering = adapter({
  parse: payload =>
    parseJson(payload, { inputs, parameters, expects: '{"question", "context"}, or a list of them' }),

  async run(model, request) {
    const text = textModel(model)
    const { top_k: best = 1 } = request.parameters
    const answers = []
    for (const item of [request.inputs].flat()) {
      const found = await answer(text, item, request.parameters)
      answers.push(best === 1 ? found[0] : found)
    }
    return json(Array.isArray(request.inputs) ? answers : answers[0])
  },
})

async function answer(text: TextModel, item: z.infer<typeof question>, parameters: Parameters) {
  const { top_k: count = 1, max_answer_len: maxLength = MAX_ANSWER } = parameters
  const candidates: Candidate[] = []
  let noAnswer = Number.POSITIVE_INFINITY
  for (const window of contextWindows(text, item, parameters)) {
    const reading = await read(text, item.question, item.context.slice(window.start, window.end))
    const found = bestSpans(reading, { count, maxTokens: maxLength })
    noAnswer = Math.min(noAnswer, found.noAnswer)
    for (const { start, end, score } of found.spans) {
      candidates.push({ start: start + window.start, end: end + window.start, score })
    }
  }
  const { align_to_words: wholeWords = true, handle_impossible_answer: mayBeNone = false } = parameters
  const answers = candidates.map(({ score, ...span }) => {
    const { start, end } = wholeWords ? toWords(item.context, span) : span
    return { score, start, end, answer: item.context.slice(start, end) }
  })
  if (mayBeNone) answers.push({ score: noAnswer, start: 0, end: 0, answer: '' })
  return answers
    .sort((a, b) => b.score - a.score)
    .filter(
      (one, index, all) =>
        all.findIndex(other => other.start === one.start && other.end === one.end) === index,
    )
    .slice(0, count)
}

/** How the context is cut so that each piece fits beside the question. */
function contextWindows(text: TextModel, item: z.infer<typeof question>, parameters: Parameters): Span[] {
  const { max_seq_len: asked = MAX_SEQUENCE, doc_stride: stride = STRIDE } = parameters
  const room = (words: string) => text.tokenizer.encode(words, { add_special_tokens: false })
  const size = Math.min(asked, maxTokens(text)) - room(item.question).length - SPECIAL_TOKENS
  if (size < 1) throw new Error('The question is too long for this model.')
  return windowsOf(
    spansOf(text, item.context, room(item.context)),
    item.context.length,
    size,
    Math.min(stride, size >> 1),
  )
}

/** [CLS] question [SEP] context [SEP]; RoBERTa's pairs have one more. */
const SPECIAL_TOKENS = 4

async function read(text: TextModel, question: string, context: string): Promise<Reading> {
  const { tokenizer, model } = text
  const encoded = tokenizer(question, { text_pair: context, truncation: true })
  const outputs = await model(encoded)
  const ids = idsOf(encoded)
  const separator = ids.findIndex((id, index) => index > 0 && id === tokenizer.sep_token_id)
  const positions = textPositions(text, ids).filter(index => index > separator)
  const spans = spansOf(
    text,
    context,
    positions.map(index => ids[index] ?? 0),
  )
  const logits = (name: string) =>
    Array.from(output(outputs, name, 'question-answering').data as Float32Array)
  return {
    tokens: positions.map((index, place) => ({ index, span: spans[place] ?? { start: 0, end: 0 } })),
    startLogits: logits('start_logits'),
    endLogits: logits('end_logits'),
  }
}
