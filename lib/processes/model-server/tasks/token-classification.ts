import { z } from 'zod'
import { adapter, json, optional, parseJson } from './adapter'
import { type Context, groupEntities, listEntities, STRATEGIES, type TokenLogits } from './text/entities'
import {
  idsOf,
  maxTokens,
  output,
  rowsOf,
  spansOf,
  type TextModel,
  textModel,
  textPositions,
} from './text/model'
import { windowsOf } from './text/windows'

const inputs = z.union([z.string(), z.array(z.string()).min(1)])
const parameters = z.object({
  aggregation_strategy: optional(z.enum(STRATEGIES)),
  ignore_labels: optional(z.array(z.string())),
  stride: optional(z.number().int().min(0)),
})

/** `[{entity, score, index, word, start, end}]`, or `entity_group` in place of entity and index when aggregating. */
export const tokenClassification = adapter({
  parse: payload => parseJson(payload, { inputs, parameters, expects: 'a text or a list of texts' }),

  async run(model, request) {
    const text = textModel(model)
    const {
      aggregation_strategy: strategy = 'none',
      ignore_labels: ignore = ['O'],
      stride = 0,
    } = request.parameters
    const answers = []
    for (const sentence of [request.inputs].flat()) {
      const tokens = await classifyTokens(text, sentence, stride)
      const context: Context = {
        text: sentence,
        labels: text.model.config.id2label ?? {},
        ignore,
        decode: ids => text.tokenizer.decode(ids, { skip_special_tokens: true }),
      }
      answers.push(
        strategy === 'none' ? listEntities(context, tokens) : groupEntities(context, tokens, strategy),
      )
    }
    return json(Array.isArray(request.inputs) ? answers : answers[0])
  },
})

/** Logits of every token that is text. A text longer than the model takes is read in windows, never cut off. */
async function classifyTokens(text: TextModel, sentence: string, stride: number): Promise<TokenLogits[]> {
  const whole = spansOf(text, sentence, text.tokenizer.encode(sentence, { add_special_tokens: false }))
  const size = maxTokens(text) - 2
  const tokens: TokenLogits[] = []
  for (const window of windowsOf(whole, sentence.length, size, Math.min(stride, size - 1))) {
    const part = sentence.slice(window.start, window.end)
    const covered = tokens.at(-1)?.span.end ?? 0
    for (const token of await classifyPart(text, part)) {
      const span = { start: token.span.start + window.start, end: token.span.end + window.start }
      // What two windows share is taken from the first.
      if (span.start >= covered) tokens.push({ ...token, span, index: tokens.length + 1 })
    }
  }
  return tokens
}

async function classifyPart(text: TextModel, part: string): Promise<TokenLogits[]> {
  const { tokenizer, model } = text
  const encoded = tokenizer(part, { truncation: true })
  const logits = rowsOf(output(await model(encoded), 'logits', 'token-classification'))
  const ids = idsOf(encoded)
  const kept = textPositions(text, ids).map(index => ({ index, id: ids[index] ?? 0 }))
  const spans = spansOf(
    text,
    part,
    kept.map(({ id }) => id),
  )
  return kept.map(({ id, index }, position) => ({
    id,
    index,
    word: tokenizer.decode([id]).trim(),
    span: spans[position] ?? { start: 0, end: 0 },
    logits: logits[index] ?? [],
  }))
}
