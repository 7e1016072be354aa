import { type AudioFormat, detectFormat } from './format'
import { resample, toMono } from './resample'
import { type Audio, decodeWav } from './wav'

type Decoded = { channelData: Float32Array[]; sampleRate: number }
type Decoder = { ready: Promise<void>; free(): void }

/** Decodes audio to mono samples at the rate the model listens at. */
export async function decodeAudio(bytes: Uint8Array, sampleRate: number): Promise<Float32Array> {
  const format = detectFormat(bytes)
  if (format === null) {
    throw new Error(
      'The audio is of a format this server does not know: send WAV, FLAC, MP3, Ogg Vorbis or Ogg Opus.',
    )
  }
  const audio = await DECODERS[format](bytes)
  if ((audio.channels[0]?.length ?? 0) === 0) throw new Error('The audio is empty or damaged.')
  return resample(toMono(audio), audio.sampleRate, sampleRate)
}

/** Each decoder is WebAssembly that is only loaded for its first recording. */
const DECODERS: Record<AudioFormat, (bytes: Uint8Array) => Promise<Audio> | Audio> = {
  wav: decodeWav,
  flac: async bytes => {
    const { FLACDecoder } = await import('@wasm-audio-decoders/flac')
    return withDecoder(new FLACDecoder(), decoder => decoder.decodeFile(bytes))
  },
  mp3: async bytes => {
    const { MPEGDecoder } = await import('mpg123-decoder')
    return withDecoder(new MPEGDecoder(), decoder => decoder.decode(bytes))
  },
  vorbis: async bytes => {
    const { OggVorbisDecoder } = await import('@wasm-audio-decoders/ogg-vorbis')
    return withDecoder(new OggVorbisDecoder(), decoder => decoder.decodeFile(bytes))
  },
  opus: async bytes => {
    const { OggOpusDecoder } = await import('ogg-opus-decoder')
    return withDecoder(new OggOpusDecoder(), decoder => decoder.decodeFile(bytes))
  },
}

/** A decoder owns memory outside of JavaScript's, which must be given back. */
async function withDecoder<T extends Decoder>(
  decoder: T,
  decode: (decoder: T) => Promise<Decoded> | Decoded,
): Promise<Audio> {
  await decoder.ready
  try {
    const { channelData, sampleRate } = await decode(decoder)
    return { channels: channelData, sampleRate }
  } finally {
    decoder.free()
  }
}
