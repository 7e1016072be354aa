import { describe, expect, it } from 'vitest'
import { detectFormat } from './format'
import { resample, toMono } from './resample'
import { decodeWav, encodeWav } from './wav'

const sine = (hertz: number, rate: number, seconds = 0.25) =>
  Float32Array.from({ length: rate * seconds }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / rate))
const energy = (samples: Float32Array) => samples.reduce((sum, s) => sum + s * s, 0) / samples.length

/** A WAV file of one frame with any header. */
function wav(encoding: number, bits: number, write: (view: DataView, at: number) => void): Uint8Array {
  const bytes = new Uint8Array(44 + bits / 8)
  bytes.set(encodeWav(new Float32Array(0), 8000))
  const view = new DataView(bytes.buffer)
  view.setUint16(20, encoding, true)
  view.setUint16(34, bits, true)
  view.setUint32(40, bits / 8, true)
  write(view, 44)
  return bytes
}

describe('WAV', () => {
  it('comes back as it was written', () => {
    const { sampleRate, channels } = decodeWav(encodeWav(Float32Array.from([0, 0.5, -1, 2]), 16_000))
    expect(sampleRate).toBe(16_000)
    expect([...(channels[0] ?? [])]).toEqual([0, 0.5, -1, 1].map(value => expect.closeTo(value, 3)))
  })

  it.each([
    ['8-bit PCM', wav(1, 8, (view, at) => view.setUint8(at, 192))],
    ['24-bit PCM', wav(1, 24, (view, at) => view.setUint8(at + 2, 0x40))],
    ['32-bit PCM', wav(1, 32, (view, at) => view.setInt32(at, 2 ** 30, true))],
    ['32-bit float', wav(3, 32, (view, at) => view.setFloat32(at, 0.5, true))],
    ['64-bit float', wav(3, 64, (view, at) => view.setFloat64(at, 0.5, true))],
  ])('reads %s', (_, bytes) => {
    expect(decodeWav(bytes).channels[0]?.[0]).toBeCloseTo(0.5, 2)
  })

  it.each([
    ['nothing', new Uint8Array(0), 'no WAV'],
    ['half a header', encodeWav(new Float32Array(1), 8000).subarray(0, 20), 'damaged header|no audio data'],
    ['an encoding nobody uses', wav(17, 4, () => {}), 'not supported'],
  ])('says what is wrong with %s', (_, bytes, message) => {
    expect(() => decodeWav(bytes)).toThrow(new RegExp(message))
  })
})

describe('resampling', () => {
  it('keeps a tone and its length, up and down', () => {
    for (const [from, to] of [
      [44_100, 16_000],
      [8000, 16_000],
    ] as const) {
      const result = resample(sine(440, from), from, to)
      expect(result.length).toBe(to / 4)
      const expected = sine(440, to)
      const inner = result.subarray(100, -100).map((value, i) => value - (expected[i + 100] ?? 0))
      expect(energy(inner)).toBeLessThan(1e-4)
    }
  })

  it('removes what the lower rate cannot carry', () => {
    expect(energy(resample(sine(15_000, 44_100), 44_100, 16_000))).toBeLessThan(1e-3)
  })

  it('averages channels', () => {
    const channels = [Float32Array.from([1, 0]), Float32Array.from([0, 1])]
    expect([...toMono({ sampleRate: 1, channels })]).toEqual([0.5, 0.5])
  })
})

describe('detectFormat', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)

  it.each([
    [bytes('RIFF....WAVE'), 'wav'],
    [bytes('fLaC'), 'flac'],
    [bytes('ID3'), 'mp3'],
    [new Uint8Array([0xff, 0xfb, 0x90]), 'mp3'],
    [bytes('OggS....................OpusHead'), 'opus'],
    [bytes('OggS..........vorbis'), 'vorbis'],
    [bytes('webm'), null],
    [new Uint8Array([0xff, 0xff]), 'mp3'],
    [new Uint8Array(0), null],
  ])('knows a format by its first bytes (%#)', (content, format) => {
    expect(detectFormat(content)).toBe(format)
  })
})
