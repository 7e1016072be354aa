import { z } from 'zod'
import { adapter, json, optional, parseJson, topK } from './adapter'
import { idsOf, output, rowsOf, type TextModel, textModel } from './text/model'
import { softmax } from './text/scores'

const inputs = z.union([z.string(), z.array(z.string()).min(1)])
const parameters = z.object({
  top_k: topK,
  targets: optional(z.union([z.string().transform(target => [target]), z.array(z.string()).min(1)])),
})

const DEFAULT_TOP_K = 5

/** `[{score, token, token_str, sequence}]`; one such list per mask when a text has several, one per text for a list. */
export const fillMask = adapter({
  parse: payload =>
    parseJson(payload, { inputs, parameters, expects: 'a text with a mask token, or a list of them' }),

  async run(model, request) {
    const text = textModel(model)
    const { top_k: count = DEFAULT_TOP_K, targets } = request.parameters
    const allowed = targets && targetIds(text, targets)
    const answers = []
    for (const sentence of [request.inputs].flat()) answers.push(await fill(text, sentence, count, allowed))
    return json(Array.isArray(request.inputs) ? answers : answers[0])
  },
})

async function fill(text: TextModel, sentence: string, count: number, allowed: Set<number> | undefined) {
  const { tokenizer, model } = text
  const encoded = tokenizer(sentence, { truncation: true })
  const ids = idsOf(encoded)
  const masks = ids.flatMap((id, index) => (id === tokenizer.mask_token_id ? [index] : []))
  if (masks.length === 0) throw new Error(`No mask_token (${tokenizer.mask_token}) found on the input`)
  const rows = rowsOf(output(await model(encoded), 'logits', 'fill-mask'))
  const perMask = masks.map(position =>
    softmax(rows[position] ?? [])
      .map((score, token) => ({ score, token }))
      .filter(({ token }) => allowed === undefined || allowed.has(token))
      .sort((a, b) => b.score - a.score)
      .slice(0, count)
      .map(({ score, token }) => ({
        score,
        token,
        token_str: tokenizer.decode([token]),
        sequence: tokenizer.decode(ids.with(position, token), { skip_special_tokens: masks.length === 1 }),
      })),
  )
  return perMask.length === 1 ? perMask[0] : perMask
}

/** A target of several tokens stands for its first, as in HF's pipeline. */
function targetIds({ tokenizer }: TextModel, targets: readonly string[]): Set<number> {
  const ids = targets.flatMap(target => tokenizer.encode(target, { add_special_tokens: false }).slice(0, 1))
  if (ids.length === 0) throw new Error('At least one target must be provided when passed.')
  return new Set(ids)
}
