import type { TokenFeatures } from './lexicon'
import { Graph, type Value } from './onnx/graph'
import { FLOAT, INT64 } from './onnx/schema'

/** A negator reaches this many words to its right within its clause. */
const REACH = 4
/** What one negation does to a valence: turned and weakened ("not bad" is less than "good"). */
const NEGATION = -0.8
/** With a contrast in the sentence, what stands before it counts this much, after it one more. */
const BEFORE_CONTRAST = 0.5
/** Neutral wins while the sum stays below this: one word of AFINN strength 1 does not decide, one of 2 does. */
const NEUTRAL_BELOW = 1.5
/** Logit per valence point: a single word of strength 3 is about 73 % sure. */
const CERTAINTY = 0.7

/**
 * The classifier as an ONNX graph: `input_ids`, `attention_mask` → `logits` (negative, neutral, positive). Word
 * features come from one embedding table; two fixed attention patterns (negator → words it reaches, intensifier →
 * next word) change the valences; their weighted sum becomes three logits.
 */
export function buildGraph(rows: readonly TokenFeatures[]): Uint8Array {
  const g = new Graph('slipway-sample-sentiment')
  const ids = g.input('input_ids', INT64, ['batch', 'sequence'])
  const mask = g.cast(g.input('attention_mask', INT64, ['batch', 'sequence']), FLOAT)
  const table = g.floats(rows.flatMap(toRow), [rows.length, 5])
  const embedded = g.op('Gather', [table, ids], { axis: 0 })
  const feature = (column: number) =>
    g.op('Mul', [g.op('Gather', [embedded, g.ints([column], [])], { axis: 2 }), mask])
  const valence = feature(0)
  const negates = feature(1)
  const contrasts = feature(2)
  const ends = feature(3)
  const boost = feature(4)

  const attention = pairwise(g, mask, ends)
  const negations = attend(g, attention.reached, negates)
  const boosts = attend(g, attention.next, boost)
  const turned = g.op('Mul', [valence, g.op('Pow', [g.scalar(NEGATION), negations])])
  const intensified = g.op('Mul', [turned, g.op('Add', [g.scalar(1), boosts])])
  const weighted = g.op('Mul', [intensified, contrastWeights(g, contrasts)])

  const total = g.op('ReduceSum', [weighted, g.ints([1])], { keepdims: 1 })
  const scaled = g.op('MatMul', [total, g.floats([-CERTAINTY, 0, CERTAINTY], [1, 3])])
  const logits = g.op('Add', [scaled, g.floats([0, NEUTRAL_BELOW * CERTAINTY, 0])])
  g.output('logits', logits, ['batch', 3])
  return g.encode()
}

const toRow = (features: TokenFeatures): number[] => [
  features.valence,
  Number(features.negates),
  Number(features.contrasts),
  Number(features.ends),
  features.boost,
]

/** Who attends to whom, as [batch, word, other] of 0 and 1. */
function pairwise(g: Graph, mask: Value, ends: Value): { reached: Value; next: Value } {
  const axis = g.ints([1], [])
  const difference = (value: Value, op: string) =>
    g.op(op, [g.op('Unsqueeze', [value, g.ints([2])]), g.op('Unsqueeze', [value, g.ints([1])])])
  const distance = difference(g.op('CumSum', [mask, axis]), 'Sub')
  const sameClause = difference(g.op('CumSum', [ends, axis]), 'Equal')
  const behind = g.op('Greater', [distance, g.scalar(0)])
  const near = g.op('LessOrEqual', [distance, g.scalar(REACH)])
  const reached = g.op('And', [g.op('And', [behind, near]), sameClause])
  return { reached: g.cast(reached, FLOAT), next: g.cast(g.op('Equal', [distance, g.scalar(1)]), FLOAT) }
}

/** Sums a feature over the words attended to: [batch, word]. */
function attend(g: Graph, attention: Value, feature: Value): Value {
  const column = g.op('Unsqueeze', [feature, g.ints([2])])
  return g.op('Squeeze', [g.op('MatMul', [attention, column]), g.ints([2])])
}

/** 1 everywhere without a contrast; with one, less before it and more after. */
function contrastWeights(g: Graph, contrasts: Value): Value {
  const seen = g.cast(g.op('Greater', [g.op('CumSum', [contrasts, g.ints([1], [])]), g.scalar(0)]), FLOAT)
  const any = g.op('ReduceMax', [contrasts], { axes: [1], keepdims: 1 })
  const shift = g.op('Sub', [seen, g.scalar(1 - BEFORE_CONTRAST)])
  return g.op('Add', [g.scalar(1), g.op('Mul', [any, shift])])
}
