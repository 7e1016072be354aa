import type { RawImage, Tensor } from '@huggingface/transformers'
import { z } from 'zod'
import { adapter, json, optional } from './adapter'
import { generationParameters, given } from './generation/parameters'
import { stopWhen } from './generation/stopping'
import { noParameters, parseImage, readImage, toPng } from './vision/image'

const generation = generationParameters.extend({
  generate_kwargs: optional(generationParameters),
  generation_parameters: optional(generationParameters),
})

type Describe = (image: RawImage, options: Record<string, unknown>) => Promise<unknown>

/** `[{generated_text}]`. */
export const imageToText = adapter({
  parse: payload => parseImage(payload, generation),
  async run(model, { image, parameters }, control) {
    const { generate_kwargs, generation_parameters, ...flat } = parameters
    const describe = model.pipeline as Describe
    return json(
      await describe(await readImage(model, image), {
        ...given({ ...generate_kwargs, ...generation_parameters, ...flat }),
        stopping_criteria: stopWhen(model.library, control),
      }),
    )
  },
})

/** `[{answer}]`; `inputs` is `{image, question}`. */
export const documentQuestionAnswering = adapter({
  parse: payload => parseImage(payload, z.object({ question: z.string().min(1) })),
  async run(model, { image, parameters }, control) {
    const ask = model.pipeline as (
      image: RawImage,
      question: string,
      options: Record<string, unknown>,
    ) => Promise<unknown>
    const stopping_criteria = stopWhen(model.library, control)
    return json(await ask(await readImage(model, image), parameters.question, { stopping_criteria }))
  },
})

/** An image: PNG bytes, or base64 in JSON. */
export const imageToImage = adapter({
  parse: payload => parseImage(payload, noParameters),
  async run(model, { image }) {
    const transform = model.pipeline as (image: RawImage) => Promise<RawImage>
    const result = await transform(await readImage(model, image))
    return { kind: 'media', contentType: 'image/png', bytes: await toPng(result), key: null, extra: {} }
  },
})

/** `{predicted_depth, depth}`: numbers per pixel and a base64 PNG; the PNG alone for who accepts images. */
export const depthEstimation = adapter({
  parse: payload => parseImage(payload, noParameters),
  async run(model, { image }) {
    const estimate = model.pipeline as (
      image: RawImage,
    ) => Promise<{ predicted_depth: Tensor; depth: RawImage }>
    const { predicted_depth, depth } = await estimate(await readImage(model, image))
    const extra = { predicted_depth: predicted_depth.tolist() }
    return { kind: 'media', contentType: 'image/png', bytes: await toPng(depth), key: 'depth', extra }
  },
})

/** Nested number arrays: `[[…patches…]]`, or one vector with `pool`. */
export const imageFeatureExtraction = adapter({
  parse: payload => parseImage(payload, z.object({ pool: optional(z.boolean()) })),
  async run(model, { image, parameters }) {
    const extract = model.pipeline as (image: RawImage, options: { pool: boolean }) => Promise<Tensor>
    const features = await extract(await readImage(model, image), { pool: parameters.pool ?? false })
    return json(features.tolist())
  },
})
