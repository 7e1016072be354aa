import type { RawImage } from '@huggingface/transformers'
import { z } from 'zod'
import { adapter, json, optional } from './adapter'
import { noParameters, parseImage, readImage, toBase64Png, toPng } from './vision/image'

const share = optional(z.number().min(0).max(1))
const parameters = z.object({
  subtask: optional(z.enum(['instance', 'panoptic', 'semantic'])),
  threshold: share,
  mask_threshold: share,
  overlap_mask_area_threshold: share,
})

type Segment = { label: string | null; score: number | null; mask: RawImage }
type Processor = { image_processor?: Record<string, unknown> }
type Segmenter = {
  (image: RawImage, options: Record<string, unknown>): Promise<Segment[]>
  processor: Processor
}

/** `[{score, label, mask}]`, each mask a base64 PNG of the image's size. */
export const imageSegmentation = adapter({
  parse: payload => parseImage(payload, parameters),

  async run(model, { image, parameters: asked }) {
    const segment = model.pipeline as Segmenter
    const { subtask, ...options } = asked
    if (subtask && !canDo(segment.processor, subtask)) {
      throw new Error(`This model does not do ${subtask} segmentation.`)
    }
    const segments = await segment(await readImage(model, image), given(options))
    return json(
      await Promise.all(
        segments.map(async ({ score, label, mask }) => ({ score, label, mask: await toBase64Png(mask) })),
      ),
    )
  },
})

const canDo = ({ image_processor: processor }: Processor, subtask: string) =>
  processor !== undefined && `post_process_${subtask}_segmentation` in processor

const given = (options: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))

/** The image with its background transparent: PNG bytes, or base64 in JSON. */
export const backgroundRemoval = adapter({
  parse: payload => parseImage(payload, noParameters),

  async run(model, { image }) {
    const remove = model.pipeline as (image: RawImage) => Promise<RawImage | RawImage[]>
    const cut = [await remove(await readImage(model, image))].flat()[0]
    if (!cut) throw new Error('The model gave no image.')
    return { kind: 'media', contentType: 'image/png', bytes: await toPng(cut), key: null, extra: {} }
  },
})
