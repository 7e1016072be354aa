import { z } from 'zod'
import { adapter, json, optional, parseJson } from './adapter'
import { output, rowsOf, type TextModel, textModel } from './text/model'
import { sigmoid } from './text/scores'

const pair = z.tuple([z.string(), z.string()])
const ranking = z.object({
  query: z.string().min(1),
  texts: z.array(z.string()).min(1),
  return_documents: optional(z.boolean()),
})
const inputs = z.union([z.array(pair).min(1), pair, ranking])

/**
 * A cross-encoder's score of each pair: `{scores: […]}`. For a query and texts, best first:
 * `{scores: [{index, score, text?}]}`.
 */
export const sentenceRanking = adapter({
  parse: payload =>
    parseJson(payload, {
      inputs,
      parameters: z.object({}),
      expects: '[[query, text], …] or {"query", "texts"}',
    }),

  async run(model, { inputs: request }) {
    const text = textModel(model)
    if (Array.isArray(request)) {
      const pairs = (typeof request[0] === 'string' ? [request] : request) as [string, string][]
      return json({ scores: await scorePairs(text, pairs) })
    }
    const { query, texts, return_documents: withText } = request
    const scores = await scorePairs(
      text,
      texts.map(document => [query, document]),
    )
    const ranked = scores
      .map((score, index) => ({ index, score, ...(withText && { text: texts[index] }) }))
      .sort((a, b) => b.score - a.score)
    return json({ scores: ranked })
  },
})

/** One logit per pair; a probability unless the repository says the raw score is what counts. */
async function scorePairs({ tokenizer, model }: TextModel, pairs: [string, string][]): Promise<number[]> {
  const isRaw = model.config.sentence_transformers?.activation_fn?.endsWith('Identity') ?? false
  const scores = []
  for (const [query, document] of pairs) {
    const encoded = tokenizer(query, { text_pair: document, truncation: true })
    const logits = rowsOf(output(await model(encoded), 'logits', 'sentence-ranking'))[0] ?? []
    const [logit] = logits
    if (logit === undefined || logits.length > 1) {
      throw new Error(
        `Ranking takes a cross-encoder with one score per pair; this model gives ${logits.length}.`,
      )
    }
    scores.push(isRaw ? logit : sigmoid(logit))
  }
  return scores
}
