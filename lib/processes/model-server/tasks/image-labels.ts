import type { RawImage } from '@huggingface/transformers'
import { z } from 'zod'
import { adapter, json, optional } from './adapter'
import { parseImage, readImage } from './vision/image'
import { zeroShotParameters } from './zero-shot'

type WithLabels = (image: RawImage, labels: string[], options: Record<string, unknown>) => Promise<unknown>
type Detect = (image: RawImage, options: { threshold: number }) => Promise<unknown>

/** HF's Python pipelines' defaults. */
const DETECTION_THRESHOLD = 0.5
const ZERO_SHOT_THRESHOLD = 0.1

/** `[{score, label}]`, best first, of the candidate labels. */
export const zeroShotImageClassification = adapter({
  parse: payload => parseImage(payload, zeroShotParameters),
  async run(model, { image, parameters }) {
    const { candidate_labels: labels, hypothesis_template } = parameters
    const classify = model.pipeline as WithLabels
    return json(
      await classify(await readImage(model, image), labels, {
        ...(hypothesis_template && { hypothesis_template }),
      }),
    )
  },
})

/** `[{score, label, box: {xmin, ymin, xmax, ymax}}]` in pixels. */
export const objectDetection = adapter({
  parse: payload => parseImage(payload, z.object({ threshold: optional(z.number().min(0).max(1)) })),
  async run(model, { image, parameters }) {
    const detect = model.pipeline as Detect
    const { threshold = DETECTION_THRESHOLD } = parameters
    return json(await detect(await readImage(model, image), { threshold }))
  },
})

/** As object detection, for candidate labels. */
export const zeroShotObjectDetection = adapter({
  parse: payload => parseImage(payload, zeroShotParameters),
  async run(model, { image, parameters }) {
    const { candidate_labels: labels, threshold = ZERO_SHOT_THRESHOLD, top_k = null } = parameters
    const detect = model.pipeline as WithLabels
    return json(await detect(await readImage(model, image), labels, { threshold, top_k }))
  },
})
