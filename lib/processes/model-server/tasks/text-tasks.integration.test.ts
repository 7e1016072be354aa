import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, type RunningModelServer, serveTinyModel } from '@/lib/testing/model-server'
import type { TinyModel } from '@/lib/testing/models/folder'
import { textToText } from '@/lib/testing/models/generation-models'
import {
  embedder,
  maskFiller,
  overlapScorer,
  questionAnswerer,
  tokenClassifier,
} from '@/lib/testing/models/text-models'

/** Serves one tiny model for the tests of a block; returns how to ask it. */
function serving(task: string, model: TinyModel) {
  let server: RunningModelServer
  beforeAll(async () => {
    server = await serveTinyModel(task, model)
  })
  afterAll(() => server.stop())
  return async (inputs: unknown, parameters?: Record<string, unknown>) => {
    const answer = await ask(server.url, { inputs, ...(parameters && { parameters }) })
    return answer.status === 200 ? answer.body : answer
  }
}

describe('token-classification', () => {
  const classify = serving('token-classification', tokenClassifier())
  const text = 'Ada Lovelace lives in New York.'

  it('names each token, with its place in the text', async () => {
    expect(await classify(text)).toEqual([
      { entity: 'B-PER', score: expect.closeTo(0.99, 1), index: 1, word: 'ada', start: 0, end: 3 },
      { entity: 'I-PER', score: expect.closeTo(0.99, 1), index: 2, word: 'love', start: 4, end: 8 },
      { entity: 'I-PER', score: expect.closeTo(0.99, 1), index: 3, word: '##lace', start: 8, end: 12 },
      { entity: 'B-LOC', score: expect.closeTo(0.99, 1), index: 6, word: 'new', start: 22, end: 25 },
      { entity: 'I-LOC', score: expect.closeTo(0.99, 1), index: 7, word: 'york', start: 26, end: 30 },
    ])
  })

  it.each(['simple', 'first', 'average', 'max'])('joins tokens of one entity (%s)', async strategy => {
    expect(await classify(text, { aggregation_strategy: strategy })).toEqual([
      { entity_group: 'PER', score: expect.closeTo(0.99, 1), word: 'ada lovelace', start: 0, end: 12 },
      { entity_group: 'LOC', score: expect.closeTo(0.99, 1), word: 'new york', start: 22, end: 30 },
    ])
  })

  it('answers one list per text and reads texts longer than the model to their end', async () => {
    const long = `${'in '.repeat(150)}Paris`
    const [first, second] = (await classify(['in', long])) as [unknown[], { start: number; end: number }[]]
    expect(first).toEqual([])
    expect(second).toHaveLength(1)
    expect(second[0]).toMatchObject({ entity: 'B-LOC', start: 450, end: 455 })
  })

  it('refuses a strategy that does not exist', async () => {
    expect(await classify(text, { aggregation_strategy: 'best' })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('parameters.aggregation_strategy') },
    })
  })
})

describe('question-answering', () => {
  const answer = serving('question-answering', questionAnswerer())
  const question = 'Where is the tower?'
  const context = 'The tower is in Paris, France. It stands.'

  it('answers with a span of the context', async () => {
    expect(await answer({ question, context })).toEqual({
      score: expect.any(Number),
      start: 16,
      end: 29,
      answer: 'Paris, France',
    })
  })

  it('gives the best few with top_k, and one per question for a list', async () => {
    const best = (await answer({ question, context }, { top_k: 2 })) as { answer: string }[]
    expect(best.map(one => one.answer)).toEqual(['Paris, France', 'Paris'])
    expect(await answer([{ question, context }])).toMatchObject([{ answer: 'Paris, France' }])
  })

  it('finds an answer beyond the length the model reads at once', async () => {
    const far = `${'it stands . '.repeat(60)}The tower is in Paris.`
    expect(await answer({ question, context: far }, { max_seq_len: 40, doc_stride: 8 })).toMatchObject({
      answer: 'Paris',
      start: far.indexOf('Paris'),
    })
  })

  it('says what it takes when inputs are wrong', async () => {
    expect(await answer('Where?')).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('"context"') },
    })
  })
})

describe('fill-mask', () => {
  const fill = serving('fill-mask', maskFiller())

  it('ranks tokens for the mask', async () => {
    const filled = (await fill('[MASK] is a city.')) as Record<string, unknown>[]
    expect(filled).toHaveLength(5)
    expect(filled[0]).toEqual({
      score: expect.any(Number),
      token: expect.any(Number),
      token_str: 'paris',
      sequence: 'paris is a city.',
    })
  })

  it('limits itself to targets, and answers per mask', async () => {
    expect(await fill('[MASK] is a city.', { targets: ['rome', 'london'] })).toMatchObject([
      { token_str: 'london' },
      { token_str: 'rome' },
    ])
    const two = (await fill('[MASK] is [MASK].', { top_k: 1 })) as unknown[][]
    expect(two.map(list => list.length)).toEqual([1, 1])
  })

  it('says that the mask is missing', async () => {
    expect(await fill('Paris is a city.')).toMatchObject({
      status: 400,
      body: { error: 'No mask_token ([MASK]) found on the input' },
    })
  })
})

describe('zero-shot-classification', () => {
  const classify = serving('zero-shot-classification', overlapScorer('entailment'))
  const labels = ['politics', 'sport']

  it('ranks the candidate labels', async () => {
    expect(await classify('the match was about sport', { candidate_labels: labels })).toEqual({
      sequence: 'the match was about sport',
      labels: ['sport', 'politics'],
      scores: [expect.any(Number), expect.any(Number)],
    })
  })

  it('takes several texts, labels as one text, and independent labels', async () => {
    const several = await classify(['music', 'sport'], { candidateLabels: 'music, sport', multi_label: true })
    expect(several).toMatchObject([{ labels: ['music', 'sport'] }, { labels: ['sport', 'music'] }])
  })

  it('asks for labels', async () => {
    expect(await classify('music')).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('candidate_labels') },
    })
  })
})

describe('feature-extraction', () => {
  const extract = serving('feature-extraction', embedder())

  it('gives the vectors of the tokens', async () => {
    // [CLS] cat [SEP]
    expect(await extract('cat')).toEqual([
      [
        [0, 0, 0],
        [3, expect.closeTo(0.2), 0],
        [0, 0, 0],
      ],
    ])
  })

  it('pools and normalises when asked', async () => {
    expect(await extract(['cat'], { pooling: 'max' })).toEqual([[3, expect.closeTo(0.2), 0]])
    const [vector] = (await extract(['cat'], { normalize: true })) as number[][]
    expect(Math.hypot(...(vector ?? []))).toBeCloseTo(1)
  })
})

describe('feature-extraction of a sentence-transformers model', () => {
  const extract = serving('feature-extraction', embedder({ sentenceTransformers: true }))

  it('gives one normalised vector per text, as the repository states', async () => {
    const vector = (await extract('cat')) as number[]
    expect(vector).toHaveLength(3)
    expect(Math.hypot(...vector)).toBeCloseTo(1)
  })
})

describe('sentence-similarity', () => {
  const compare = serving('sentence-similarity', embedder())

  it('compares sentences with a source', async () => {
    const { similarities } = (await compare({ source_sentence: 'cat', sentences: ['kitten', 'truck'] })) as {
      similarities: number[]
    }
    expect(similarities[0]).toBeGreaterThan(0.9)
    expect(similarities[1]).toBeLessThan(0.2)
  })
})

describe('sentence-embeddings', () => {
  const embed = serving('sentence-embeddings', embedder())

  it('gives a vector, or one per sentence', async () => {
    expect(await embed('cat')).toEqual({ embeddings: [1, expect.closeTo(0.0667, 3), 0] })
    expect(await embed(['cat', 'car'])).toMatchObject({ embeddings: [expect.any(Array), expect.any(Array)] })
  })
})

describe('sentence-ranking', () => {
  const rank = serving('sentence-ranking', overlapScorer('ranking'))

  it('scores pairs', async () => {
    const { scores } = (await rank([
      ['music', 'this is music'],
      ['music', 'this is sport'],
    ])) as { scores: number[] }
    expect(scores[0]).toBeGreaterThan(scores[1] ?? 1)
  })

  it('ranks texts for a query', async () => {
    const query = { query: 'music', texts: ['this is sport', 'this is music'], return_documents: true }
    expect(await rank(query)).toMatchObject({
      scores: [
        { index: 1, text: 'this is music' },
        { index: 0, text: 'this is sport' },
      ],
    })
  })
})

describe.each([
  ['summarization', 'summary_text'],
  ['translation', 'translation_text'],
  ['text2text-generation', 'generated_text'],
])('%s', (task, key) => {
  const generate = serving(task, textToText())

  it(`answers with ${key}`, async () => {
    expect(await generate('anything')).toEqual([{ [key]: 'a short answer' }])
    expect(await generate('anything', { generate_parameters: { max_new_tokens: 2 } })).toEqual([
      { [key]: 'a short' },
    ])
  })
})
