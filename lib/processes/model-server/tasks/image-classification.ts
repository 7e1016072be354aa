import type { RawImage, Tensor } from '@huggingface/transformers'
import { z } from 'zod'
import { adapter, json, optional, topK } from './adapter'
import { output, rowsOf, textModel } from './text/model'
import { applyFunction, defaultFunction, FUNCTIONS, rankLabels } from './text/scores'
import { parseImage, readImage } from './vision/image'

const parameters = z.object({ top_k: topK, function_to_apply: optional(z.enum(FUNCTIONS)) })
const DEFAULT_TOP_K = 5

type Vision = { processor: (images: RawImage[]) => Promise<{ pixel_values: Tensor }> }
type Network = (inputs: { pixel_values: Tensor }) => Promise<Record<string, Tensor>>

/** `[{label, score}]`, best first. */
export const imageClassification = adapter({
  parse: payload => parseImage(payload, parameters),

  async run(model, request) {
    const { processor } = model.pipeline as Vision
    const { model: network } = textModel(model)
    const { pixel_values } = await processor([await readImage(model, request.image)])
    const outputs = await (network as unknown as Network)({ pixel_values })
    const logits = rowsOf(output(outputs, 'logits', 'image-classification'))[0] ?? []
    const { top_k: count = DEFAULT_TOP_K, function_to_apply: asked } = request.parameters
    const apply = asked ?? defaultFunction(network.config.problem_type, logits.length)
    return json(rankLabels(applyFunction(logits, apply), network.config.id2label).slice(0, count))
  },
})
