import { z } from 'zod'
import { adapter, json, optional, parseJson, topK } from './adapter'
import { output, rowsOf, textModel } from './text/model'
import { applyFunction, defaultFunction, FUNCTIONS, rankLabels } from './text/scores'

const pair = z.object({ text: z.string(), text_pair: z.string().nullish() })
const one = z.union([z.string(), pair])
const inputs = z.union([one, z.array(one).min(1)])
const parameters = z.object({ function_to_apply: optional(z.enum(FUNCTIONS)), top_k: topK })

/**
 * `[{label, score}]`: the best label of each text. With `top_k` the best k of the text, best first (one such list
 * per text when several were sent).
 */
export const textClassification = adapter({
  parse: payload =>
    parseJson(payload, { inputs, parameters, expects: 'a text, {"text", "text_pair"}, or a list of either' }),

  async run(model, request) {
    const { tokenizer, model: network } = textModel(model)
    const several = Array.isArray(request.inputs)
    const items = [request.inputs].flat().map(item => (typeof item === 'string' ? { text: item } : item))
    const { function_to_apply: asked, top_k: best } = request.parameters
    const answers = []
    for (const item of items) {
      const pairOption = 'text_pair' in item && item.text_pair ? { text_pair: item.text_pair } : {}
      const encoded = tokenizer(item.text, { ...pairOption, padding: true, truncation: true })
      const logits = rowsOf(output(await network(encoded), 'logits', 'text-classification'))[0] ?? []
      const apply = asked ?? defaultFunction(network.config.problem_type, logits.length)
      answers.push(rankLabels(applyFunction(logits, apply), network.config.id2label).slice(0, best ?? 1))
    }
    return json(best === undefined ? answers.flat() : several ? answers : answers[0])
  },
})
