import { z } from 'zod'
import { optional } from './adapter'

/** A list, or the comma-separated text that HF's pipelines take as well. */
const labels = z.union([
  z.array(z.string().min(1)).min(1).max(1000),
  z
    .string()
    .transform(text =>
      text
        .split(',')
        .map(label => label.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.string()).min(1)),
])

/** Parameters of every zero-shot task; `candidateLabels` is the toolkit's second name for them. */
export const zeroShotParameters = z.preprocess(
  value => {
    const { candidateLabels, ...rest } = value as Record<string, unknown>
    return { candidate_labels: candidateLabels, ...rest }
  },
  z.object({
    candidate_labels: labels,
    hypothesis_template: optional(
      z.string().refine(template => template.includes('{}'), 'must contain {} where the label goes'),
    ),
    multi_label: optional(z.boolean()),
    threshold: optional(z.number().min(0).max(1)),
    top_k: optional(z.number().int().min(1)),
  }),
)
