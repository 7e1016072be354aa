import type { RawImage } from '@huggingface/transformers'
import { z } from 'zod'
import { fail, ok, type Result } from '@/lib/domain/result'
import { describeIssues, type LoadedModel, type Payload } from '../adapter'
import { readMedia } from '../media'

export type ImageRequest<Parameters> = { image: Uint8Array; parameters: Parameters }

/** Parses a request of an image task: the image, and parameters (which may also stand inside `inputs`). */
export function parseImage<Schema extends z.ZodType>(
  payload: Payload,
  schema: Schema,
): Result<ImageRequest<z.output<Schema>>> {
  const media = readMedia(payload, 'image', ['image', 'images', 'inputs'])
  if (!media.ok) return media
  const parameters = schema.safeParse({ ...media.data.rest, ...media.data.parameters })
  if (!parameters.success) return fail('invalid', describeIssues(parameters.error))
  return ok({ image: media.data.bytes, parameters: parameters.data })
}

/** Decodes PNG, JPEG, WebP, GIF, TIFF … whatever its content type claims. */
export async function readImage(
  { library }: LoadedModel,
  bytes: Uint8Array<ArrayBufferLike>,
): Promise<RawImage> {
  try {
    return await library.RawImage.fromBlob(new Blob([new Uint8Array(bytes)]))
  } catch {
    throw new Error('The image cannot be read: it is damaged, or of a format this server does not know.')
  }
}

export const toPng = async (image: RawImage): Promise<Uint8Array> =>
  new Uint8Array(await image.toSharp().png().toBuffer())

export const toBase64Png = async (image: RawImage): Promise<string> =>
  Buffer.from(await toPng(image)).toString('base64')

export const noParameters = z.object({})
