import { z } from 'zod'
import { adapter, json, optional } from './adapter'
import { listen, parseAudio } from './audio/request'
import { generationParameters, given } from './generation/parameters'
import { stopWhen } from './generation/stopping'

const speech = generationParameters.extend({
  language: optional(z.string()),
  task: optional(z.enum(['transcribe', 'translate'])),
})
const parameters = z.object({
  return_timestamps: optional(z.union([z.boolean(), z.literal('word')])),
  chunk_length_s: optional(z.number().positive()),
  stride_length_s: optional(z.number().nonnegative()),
  language: optional(z.string()),
  task: optional(z.enum(['transcribe', 'translate'])),
  generation_parameters: optional(speech),
  generate_kwargs: optional(speech),
})

/** Whisper hears 30 seconds at a time; longer recordings are cut into overlapping pieces, as HF's toolkit does. */
const WHISPER_CHUNK_SECONDS = 30

type Transcribe = {
  (samples: Float32Array, options: Record<string, unknown>): Promise<{ text: string; chunks?: unknown }>
  model: { config: { model_type?: string } }
}

/** `{text}`, with `chunks: [{text, timestamp}]` when timestamps were asked for. */
export const automaticSpeechRecognition = adapter({
  parse: payload => parseAudio(payload, parameters),

  async run(model, request, control) {
    const transcribe = model.pipeline as Transcribe
    const isWhisper = transcribe.model.config.model_type?.includes('whisper') ?? false
    const { generation_parameters, generate_kwargs, ...rest } = request.parameters
    const { text, chunks } = await transcribe(await listen(model, request.audio), {
      ...(isWhisper && { chunk_length_s: WHISPER_CHUNK_SECONDS }),
      ...given({ ...generation_parameters, ...generate_kwargs, ...rest }),
      // Models that do not generate (CTC) have no criteria to stop by.
      ...(isWhisper && { stopping_criteria: stopWhen(model.library, control) }),
    })
    return json({ text, ...(chunks !== undefined && { chunks }) })
  },
})
