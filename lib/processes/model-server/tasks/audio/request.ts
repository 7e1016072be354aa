import type { z } from 'zod'
import { fail, ok, type Result } from '@/lib/domain/result'
import { describeIssues, type LoadedModel, type Payload } from '../adapter'
import { readMedia } from '../media'
import { decodeAudio } from './decode'

export type AudioRequest<Parameters> = { audio: Uint8Array; parameters: Parameters }

/** Parses a request of an audio task: the recording, and parameters. */
export function parseAudio<Schema extends z.ZodType>(
  payload: Payload,
  schema: Schema,
): Result<AudioRequest<z.output<Schema>>> {
  const media = readMedia(payload, 'audio', ['audio', 'audios', 'inputs'])
  if (!media.ok) return media
  const parameters = schema.safeParse({ ...media.data.rest, ...media.data.parameters })
  if (!parameters.success) return fail('invalid', describeIssues(parameters.error))
  return ok({ audio: media.data.bytes, parameters: parameters.data })
}

type Listener = { processor: { feature_extractor: { config: { sampling_rate: number } } } }

export const sampleRateOf = (model: LoadedModel): number =>
  (model.pipeline as Listener).processor.feature_extractor.config.sampling_rate

/** The recording as the model hears it. */
export const listen = (model: LoadedModel, audio: Uint8Array): Promise<Float32Array> =>
  decodeAudio(audio, sampleRateOf(model))
