import { Graph, type Value } from '@/lib/processes/model-server/sample/make/onnx/graph'
import { FLOAT, INT64 } from '@/lib/processes/model-server/sample/make/onnx/schema'
import type { TinyModel } from './folder'
import { type TinyTokenizer, tinyTokenizer } from './tokenizer'

const labels = (names: readonly string[]) => ({
  id2label: Object.fromEntries(names.map((name, id) => [id, name])),
  label2id: Object.fromEntries(names.map((name, id) => [name, id])),
})

const bert = (tokenizer: TinyTokenizer, extra: Record<string, unknown> = {}) => ({
  model_type: 'bert',
  vocab_size: tokenizer.vocabulary.length,
  pad_token_id: 0,
  max_position_embeddings: tokenizer.maxTokens,
  ...extra,
})

/** A graph over token ids whose weights are one row per token. */
function lookup(
  name: string,
  rows: readonly (readonly number[])[],
  build: (g: Graph, rows: Value, mask: Value) => void,
) {
  const g = new Graph(name)
  const ids = g.input('input_ids', INT64, ['batch', 'sequence'])
  const mask = g.cast(g.input('attention_mask', INT64, ['batch', 'sequence']), FLOAT)
  const table = g.floats(rows.flat(), [rows.length, rows[0]?.length ?? 0])
  build(g, g.op('Gather', [table, ids], { axis: 0 }), mask)
  return g.encode()
}

const rowsFor = (
  tokenizer: TinyTokenizer,
  width: number,
  rows: Record<string, readonly number[]>,
  other: number[],
) => tokenizer.vocabulary.map(token => rows[token] ?? other.slice(0, width))

/** "ada lovelace" is a person, "paris" and "new york" are places, whatever surrounds them. */
export function tokenClassifier(): TinyModel {
  const names = ['O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC']
  const tokenizer = tinyTokenizer(['ada', 'love', '##lace', 'lives', 'in', 'paris', 'new', 'york', 'and'])
  const one = (id: number) => names.map((_, index) => (index === id ? 6 : 0))
  const rows = { ada: one(1), love: one(2), '##lace': one(2), paris: one(3), new: one(3), york: one(4) }
  const graph = lookup('token-classifier', rowsFor(tokenizer, 5, rows, one(0)), (g, embedded) =>
    g.output('logits', embedded, ['batch', 'sequence', names.length]),
  )
  const config = bert(tokenizer, { architectures: ['BertForTokenClassification'], ...labels(names) })
  return { config, tokenizer, onnx: { model: graph } }
}

/** Answers begin at "tower" words and end at "paris": start and end scores hang on the word alone. */
export function questionAnswerer(): TinyModel {
  const tokenizer = tinyTokenizer([
    'where',
    'is',
    'the',
    'tower',
    'in',
    'paris',
    'france',
    'it',
    'stands',
    '.',
  ])
  const rows = { paris: [8, 6], france: [2, 7] }
  const graph = lookup('question-answerer', rowsFor(tokenizer, 2, rows, [0, 0]), (g, embedded) => {
    for (const [column, name] of ['start_logits', 'end_logits'].entries()) {
      g.output(name, g.op('Gather', [embedded, g.ints([column], [])], { axis: 2 }), ['batch', 'sequence'])
    }
  })
  const config = bert(tokenizer, { architectures: ['BertForQuestionAnswering'] })
  return { config, tokenizer, onnx: { model: graph } }
}

/** Fills every mask with "paris", then "london", then "rome". */
export function maskFiller(): TinyModel {
  const tokenizer = tinyTokenizer(['paris', 'london', 'rome', 'is', 'a', 'city', '.'])
  const favourites: Record<string, number> = { paris: 9, london: 8, rome: 7 }
  const answer = tokenizer.vocabulary.map(token => favourites[token] ?? 0)
  const graph = lookup(
    'mask-filler',
    rowsFor(
      tokenizer,
      answer.length,
      { '[MASK]': answer },
      answer.map(() => 0),
    ),
    (g, embedded) => g.output('logits', embedded, ['batch', 'sequence', answer.length]),
  )
  return {
    config: bert(tokenizer, { architectures: ['BertForMaskedLM'] }),
    tokenizer,
    onnx: { model: graph },
  }
}

/** One direction per topic: "cat" and "kitten" are near each other and far from "car". */
export function embedder({ sentenceTransformers = false } = {}): TinyModel {
  const tokenizer = tinyTokenizer(['cat', 'kitten', 'car', 'truck'])
  const rows = { cat: [3, 0.2, 0], kitten: [2.5, 0.4, 0], car: [0, 0.1, 3], truck: [0.1, 0, 2.5] }
  const graph = lookup('embedder', rowsFor(tokenizer, 3, rows, [0, 0, 0]), (g, embedded) =>
    g.output('last_hidden_state', embedded, ['batch', 'sequence', 3]),
  )
  const extra = sentenceTransformers && {
    '1_Pooling/config.json': { word_embedding_dimension: 3, pooling_mode_mean_tokens: true },
    'modules.json': [
      { idx: 0, name: '0', path: '', type: 'sentence_transformers.models.Transformer' },
      { idx: 1, name: '1', path: '1_Pooling', type: 'sentence_transformers.models.Pooling' },
      { idx: 2, name: '2', path: '2_Normalize', type: 'sentence_transformers.models.Normalize' },
    ],
  }
  const config = bert(tokenizer, { architectures: ['BertModel'], hidden_size: 3 })
  return { config, tokenizer, onnx: { model: graph }, ...(extra && { extra }) }
}

/** Counts words that two texts share: entailment for one that repeats a word of the other, or a ranking score. */
export function overlapScorer(kind: 'entailment' | 'ranking'): TinyModel {
  const words = [
    'this',
    'example',
    'is',
    'about',
    'sport',
    'politics',
    'music',
    'the',
    'match',
    'was',
    'great',
    'a',
  ]
  const tokenizer = tinyTokenizer(words)
  const g = new Graph('overlap-scorer')
  const ids = g.input('input_ids', INT64, ['batch', 'sequence'])
  const mask = g.cast(g.input('attention_mask', INT64, ['batch', 'sequence']), FLOAT)
  const same = g.op('Equal', [g.op('Unsqueeze', [ids, g.ints([2])]), g.op('Unsqueeze', [ids, g.ints([1])])])
  const pairs = g.op('ReduceSum', [g.cast(same, FLOAT), g.ints([1, 2])], { keepdims: 0 })
  const shared = g.op('Sub', [pairs, g.op('ReduceSum', [mask, g.ints([1])], { keepdims: 0 })])
  const column = g.op('Unsqueeze', [shared, g.ints([1])])
  const weights = kind === 'entailment' ? [-1, 0, 1] : [0.25]
  g.output('logits', g.op('MatMul', [column, g.floats(weights, [1, weights.length])]), [
    'batch',
    weights.length,
  ])
  const names = kind === 'entailment' ? ['contradiction', 'neutral', 'entailment'] : ['score']
  const config = bert(tokenizer, { architectures: ['BertForSequenceClassification'], ...labels(names) })
  return { config, tokenizer, onnx: { model: g.encode() } }
}
