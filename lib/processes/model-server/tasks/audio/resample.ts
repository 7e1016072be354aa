import type { Audio } from './wav'

/** Taps on each side of the windowed-sinc filter; 16 keeps aliasing well below what speech models notice. */
const HALF_WIDTH = 16

/** Averages the channels. */
export function toMono({ channels }: Audio): Float32Array {
  const first = channels[0] ?? new Float32Array()
  if (channels.length < 2) return first
  return first.map(
    (_, frame) => channels.reduce((sum, channel) => sum + (channel[frame] ?? 0), 0) / channels.length,
  )
}

/** Changes the sample rate with a Hann-windowed sinc, low-passed when going down. */
export function resample(samples: Float32Array, from: number, to: number): Float32Array {
  if (from === to || samples.length === 0) return samples
  const ratio = from / to
  const cutoff = Math.min(1, 1 / ratio)
  const reach = Math.ceil(HALF_WIDTH / cutoff)
  const result = new Float32Array(Math.max(1, Math.round(samples.length / ratio)))
  for (let index = 0; index < result.length; index++) {
    const centre = index * ratio
    const first = Math.max(0, Math.ceil(centre - reach))
    const last = Math.min(samples.length - 1, Math.floor(centre + reach))
    let sum = 0
    let weights = 0
    for (let at = first; at <= last; at++) {
      const weight = sinc((at - centre) * cutoff) * hann((at - centre) / reach)
      sum += (samples[at] ?? 0) * weight
      weights += weight
    }
    result[index] = weights === 0 ? 0 : sum / weights
  }
  return result
}

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))
const hann = (x: number) => 0.5 + 0.5 * Math.cos(Math.PI * x)
