import { describe, expect, it } from 'vitest'
import { bestSpans } from './answers'
import { cosineSimilarity, pool, toUnitLength } from './embeddings'
import { groupEntities, listEntities, type TokenLogits } from './entities'
import { applyFunction, defaultFunction, rankLabels, softmax } from './scores'

describe('scores', () => {
  it('are probabilities that survive large logits', () => {
    expect(softmax([1000, 1000])).toEqual([0.5, 0.5])
    expect(applyFunction([0, 2], 'sigmoid')).toEqual([0.5, expect.closeTo(0.88, 2)])
    expect(applyFunction([3, -1], 'none')).toEqual([3, -1])
  })

  it("use HF's default function", () => {
    expect(defaultFunction(undefined, 3)).toBe('softmax')
    expect(defaultFunction(undefined, 1)).toBe('sigmoid')
    expect(defaultFunction('multi_label_classification', 3)).toBe('sigmoid')
    expect(defaultFunction('regression', 1)).toBe('none')
  })

  it('are ranked best first, with a name even where the model has none', () => {
    expect(rankLabels([0.1, 0.9], { 0: 'no' })).toEqual([
      { label: 'LABEL_1', score: 0.9 },
      { label: 'no', score: 0.1 },
    ])
  })
})

describe('bestSpans', () => {
  const tokens = [2, 3, 4].map((index, at) => ({ index, span: { start: at * 3, end: at * 3 + 2 } }))

  it('multiplies start and end, never ends before it starts, and keeps to the length', () => {
    const reading = { tokens, startLogits: [0, 0, 0, 0, 9], endLogits: [0, 0, 9, 0, 0] }
    const { spans } = bestSpans(reading, { count: 10, maxTokens: 2 })
    expect(spans.every(({ start, end }) => end > start && end - start <= 5)).toBe(true)
    expect(spans).toHaveLength(5)
    expect(spans.map(span => span.score)).toEqual(spans.map(span => span.score).sort((a, b) => b - a))
  })

  it('says how sure it is that there is no answer', () => {
    const { noAnswer } = bestSpans(
      { tokens, startLogits: [9, 0, 0, 0, 0], endLogits: [9, 0, 0, 0, 0] },
      { count: 1, maxTokens: 15 },
    )
    expect(noAnswer).toBeGreaterThan(0.9)
  })
})

describe('entities', () => {
  const text = 'new york is big'
  const labels = { 0: 'O', 1: 'B-LOC', 2: 'I-LOC' }
  const token = (word: string, start: number, logits: number[]): TokenLogits => ({
    id: start,
    index: start,
    word,
    span: { start, end: start + word.length },
    logits,
  })
  const context = { text, labels, ignore: ['O'], decode: (ids: number[]) => ids.join('+') }

  it('begin anew with B-, and go on with I-', () => {
    const tokens = [token('new', 0, [0, 9, 0]), token('york', 4, [0, 0, 9]), token('big', 12, [0, 9, 0])]
    expect(groupEntities(context, tokens, 'simple').map(({ start, end }) => [start, end])).toEqual([
      [0, 8],
      [12, 15],
    ])
    expect(listEntities(context, [token('is', 9, [9, 0, 0])])).toEqual([])
  })

  it('let the pieces of a word decide as asked', () => {
    const pieces = [token('yo', 4, [0, 1, 0]), token('rk', 6, [3, 0, 0])]
    const [first] = groupEntities(context, pieces, 'first')
    expect(first).toMatchObject({ entity_group: 'LOC', start: 4, end: 8 })
    expect(groupEntities(context, pieces, 'max')).toEqual([])
    expect(groupEntities({ ...context, ignore: [] }, pieces, 'average')).toMatchObject([
      { entity_group: 'O' },
    ])
  })
})

describe('embeddings', () => {
  const vectors = [
    [1, 0],
    [3, 4],
  ]

  it('are pooled as asked', () => {
    expect(pool(vectors, 'mean')).toEqual([2, 2])
    expect(pool(vectors, 'max')).toEqual([3, 4])
    expect(pool(vectors, 'cls')).toEqual([1, 0])
    expect(pool(vectors, 'last')).toEqual([3, 4])
  })

  it('compare by direction, and nothing has none', () => {
    expect(toUnitLength([3, 4])).toEqual([0.6, 0.8])
    expect(toUnitLength([0, 0])).toEqual([0, 0])
    expect(cosineSimilarity([1, 0], [5, 0])).toBeCloseTo(1)
  })
})
