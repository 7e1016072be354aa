import { z } from 'zod'
import type { Answer } from './adapter'
import { adapter, optional, parseJson } from './adapter'
import { encodeWav } from './audio/wav'

const parameters = z.object({
  /** Numbers only: the library would fetch a string as a URL. */
  speaker_embeddings: optional(z.array(z.number()).min(1)),
  num_inference_steps: optional(z.number().int().min(1).max(1000)),
  speed: optional(z.number().positive()),
})

type Speak = {
  (text: string, options: Record<string, unknown>): Promise<{ data: Float32Array; sampling_rate: number }>
  model: { config: { model_type?: string } }
}

/** A WAV file for who accepts audio; else `{audio, sampling_rate}` with the file in base64. */
export const textToAudio = adapter({
  parse: payload => parseJson(payload, { inputs: z.string().min(1), parameters, expects: 'a text' }),

  async run(model, request): Promise<Answer> {
    const speak = model.pipeline as Speak
    if (speak.model.config.model_type === 'speecht5') {
      throw new Error(
        'SpeechT5 needs a second model, a vocoder, which this server does not load. Choose a VITS model.',
      )
    }
    const { speaker_embeddings: voice, ...options } = request.parameters
    const spoken = await speak(request.inputs, {
      ...options,
      ...(voice && { speaker_embeddings: new Float32Array(voice) }),
    })
    return {
      kind: 'media',
      contentType: 'audio/wav',
      bytes: encodeWav(spoken.data, spoken.sampling_rate),
      key: 'audio',
      extra: { sampling_rate: spoken.sampling_rate },
    }
  },
})
