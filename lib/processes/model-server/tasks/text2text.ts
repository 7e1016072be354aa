import { z } from 'zod'
import { adapter, json, optional, parseJson } from './adapter'
import { generationParameters, given } from './generation/parameters'
import { stopWhen } from './generation/stopping'

const inputs = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)])
const parameters = generationParameters.extend({
  src_lang: optional(z.string()),
  tgt_lang: optional(z.string()),
  /** The canonical API nests what the toolkit takes flat. */
  generate_parameters: optional(generationParameters),
  generation_parameters: optional(generationParameters),
})

type Generate = (texts: string | string[], options: Record<string, unknown>) => Promise<unknown>

/** `[{summary_text | translation_text | generated_text}]`, one per text; the library names the key by its task. */
export const text2text = adapter({
  parse: payload => parseJson(payload, { inputs, parameters, expects: 'a text or a list of texts' }),

  async run(model, request, control) {
    const { generate_parameters: nested, generation_parameters: alsoNested, ...flat } = request.parameters
    const generate = model.pipeline as Generate
    return json(
      await generate(request.inputs, {
        ...given({ ...nested, ...alsoNested }),
        ...given(flat),
        stopping_criteria: stopWhen(model.library, control),
      }),
    )
  },
})
