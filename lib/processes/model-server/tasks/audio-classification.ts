import { z } from 'zod'
import { adapter, json, topK } from './adapter'
import { listen, parseAudio } from './audio/request'
import { zeroShotParameters } from './zero-shot'

const DEFAULT_TOP_K = 5

type Classify = (samples: Float32Array, options: { top_k: number }) => Promise<unknown>
type ClassifyWithLabels = (
  samples: Float32Array,
  labels: string[],
  options: Record<string, unknown>,
) => Promise<{ score: number; label: string }[]>

/** `[{label, score}]`, best first. */
export const audioClassification = adapter({
  parse: payload => parseAudio(payload, z.object({ top_k: topK })),
  async run(model, { audio, parameters }) {
    const classify = model.pipeline as Classify
    return json(await classify(await listen(model, audio), { top_k: parameters.top_k ?? DEFAULT_TOP_K }))
  },
})

/** `[{score, label}]` of the candidate labels, best first. */
export const zeroShotAudioClassification = adapter({
  parse: payload => parseAudio(payload, zeroShotParameters),
  async run(model, { audio, parameters }) {
    const { candidate_labels: labels, hypothesis_template } = parameters
    const classify = model.pipeline as ClassifyWithLabels
    const scores = await classify(await listen(model, audio), labels, {
      ...(hypothesis_template && { hypothesis_template }),
    })
    return json(scores.sort((a, b) => b.score - a.score))
  },
})
