import { z } from 'zod'
import { adapter, json, parseJson } from './adapter'
import { zeroShotParameters } from './zero-shot'

const inputs = z.union([
  z.string().min(1),
  z.array(z.string().min(1)).min(1),
  z
    .object({ sequences: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]) })
    .transform(body => body.sequences),
  z.object({ text: z.string().min(1) }).transform(body => body.text),
])

type Classify = (
  texts: string | string[],
  labels: string[],
  options: { hypothesis_template?: string; multi_label?: boolean },
) => Promise<unknown>

/** `{sequence, labels, scores}`, best label first; a list of them for several texts. */
export const zeroShotClassification = adapter({
  parse: payload =>
    parseJson(payload, { inputs, parameters: zeroShotParameters, expects: 'a text or a list of texts' }),

  async run(model, request) {
    const classify = model.pipeline as Classify
    const { candidate_labels: labels, hypothesis_template, multi_label } = request.parameters
    const options = {
      ...(hypothesis_template && { hypothesis_template }),
      ...(multi_label && { multi_label }),
    }
    return json(await classify(request.inputs, labels, options))
  },
})
