export type LabelScore = { label: string; score: number }

export const FUNCTIONS = ['sigmoid', 'softmax', 'none'] as const
export type ScoreFunction = (typeof FUNCTIONS)[number]

export function softmax(logits: readonly number[]): number[] {
  const highest = Math.max(...logits)
  const powers = logits.map(logit => Math.exp(logit - highest))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map(power => power / sum)
}

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit))

/**
 * What HF's pipelines apply when nobody says: sigmoid for independent labels or a single one, softmax otherwise,
 * nothing for regression.
 */
export function defaultFunction(problemType: string | undefined, labels: number): ScoreFunction {
  if (problemType === 'regression') return 'none'
  return problemType === 'multi_label_classification' || labels === 1 ? 'sigmoid' : 'softmax'
}

export function applyFunction(logits: readonly number[], apply: ScoreFunction): number[] {
  if (apply === 'softmax') return softmax(logits)
  return apply === 'sigmoid' ? logits.map(sigmoid) : [...logits]
}

/** Labels with their scores, best first; ties keep the model's order. */
export function rankLabels(
  scores: readonly number[],
  id2label: Readonly<Record<string, string>> | undefined,
): LabelScore[] {
  return scores
    .map((score, id) => ({ label: id2label?.[id] ?? `LABEL_${id}`, score }))
    .sort((a, b) => b.score - a.score)
}
