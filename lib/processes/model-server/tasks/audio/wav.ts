export type Audio = { sampleRate: number; channels: Float32Array[] }

const PCM = 1
const FLOAT = 3
const EXTENSIBLE = 0xfffe

type Format = { encoding: number; channels: number; sampleRate: number; bits: number }

/** Whether the bytes begin like a WAV file. */
export const isWav = (bytes: Uint8Array): boolean =>
  bytes.byteLength >= 12 && fourCc(bytes, 0) === 'RIFF' && fourCc(bytes, 8) === 'WAVE'

/** Reads a WAV file: PCM of 8, 16, 24 or 32 bits, or floats of 32 or 64. @throws Error saying what is wrong. */
export function decodeWav(bytes: Uint8Array): Audio {
  if (!isWav(bytes)) throw new Error('This is no WAV file.')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let format: Format | null = null
  let at = 12
  while (at + 8 <= bytes.byteLength) {
    const name = fourCc(bytes, at)
    const size = view.getUint32(at + 4, true)
    const start = at + 8
    if (name === 'fmt ') format = readFormat(view, start, size)
    if (name === 'data') {
      if (!format) throw new Error('The WAV file has no format before its data.')
      return readSamples(view, format, start, Math.min(size, bytes.byteLength - start))
    }
    // Chunks are padded to an even length.
    at = start + size + (size % 2)
  }
  throw new Error('The WAV file has no audio data.')
}

const fourCc = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4))

function readFormat(view: DataView, at: number, size: number): Format {
  if (size < 16 || at + 16 > view.byteLength) throw new Error('The WAV file has a damaged header.')
  const tag = view.getUint16(at, true)
  // The extensible header keeps the real encoding in the first two bytes of a GUID.
  const encoding = tag === EXTENSIBLE && size >= 26 ? view.getUint16(at + 24, true) : tag
  return {
    encoding,
    channels: view.getUint16(at + 2, true),
    sampleRate: view.getUint32(at + 4, true),
    bits: view.getUint16(at + 14, true),
  }
}

function readSamples(view: DataView, format: Format, start: number, length: number): Audio {
  const read = sampleReader(format)
  const { channels: count, sampleRate, bits } = format
  if (count === 0 || sampleRate === 0) throw new Error('The WAV file has a damaged header.')
  const bytesPerSample = bits / 8
  const frames = Math.floor(length / (bytesPerSample * count))
  const channels = Array.from({ length: count }, (_, channel) => {
    const samples = new Float32Array(frames)
    for (let frame = 0; frame < frames; frame++) {
      samples[frame] = read(view, start + (frame * count + channel) * bytesPerSample)
    }
    return samples
  })
  return { sampleRate, channels }
}

type Reader = (view: DataView, at: number) => number

const PCM_READERS: Record<number, Reader> = {
  8: (view, at) => (view.getUint8(at) - 128) / 128,
  16: (view, at) => view.getInt16(at, true) / 32_768,
  24: (view, at) => ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 8_388_608,
  32: (view, at) => view.getInt32(at, true) / 2_147_483_648,
}
const FLOAT_READERS: Record<number, Reader> = {
  32: (view, at) => view.getFloat32(at, true),
  64: (view, at) => view.getFloat64(at, true),
}

function sampleReader({ encoding, bits }: Format): Reader {
  const reader = encoding === PCM ? PCM_READERS[bits] : encoding === FLOAT ? FLOAT_READERS[bits] : undefined
  if (!reader)
    throw new Error(`WAV encoding ${encoding} with ${bits} bits is not supported; send PCM or float.`)
  return reader
}

/** Writes mono float samples as 16-bit PCM, which everything plays. */
export function encodeWav(samples: Float32Array, sampleRate: number): Uint8Array {
  const bytes = new Uint8Array(44 + samples.length * 2)
  const view = new DataView(bytes.buffer)
  const text = (at: number, value: string) => {
    for (let index = 0; index < value.length; index++) view.setUint8(at + index, value.charCodeAt(index))
  }
  text(0, 'RIFF')
  view.setUint32(4, 36 + samples.length * 2, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, PCM, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, sampleRate, true)
  view.setUint32(28, sampleRate * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  text(36, 'data')
  view.setUint32(40, samples.length * 2, true)
  samples.forEach((sample, index) => {
    view.setInt16(44 + index * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), true)
  })
  return bytes
}
