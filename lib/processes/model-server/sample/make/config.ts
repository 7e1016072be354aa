import { MAX_TOKENS } from './tokenizer'

export const LABELS = ['negative', 'neutral', 'positive'] as const
export type Label = (typeof LABELS)[number]

/** `model_type: bert` tells transformers which inputs and outputs to expect; the graph itself is our own. */
export const modelConfig = (vocabularySize: number): object => ({
  architectures: ['BertForSequenceClassification'],
  model_type: 'bert',
  vocab_size: vocabularySize,
  max_position_embeddings: MAX_TOKENS,
  hidden_size: 5,
  num_hidden_layers: 1,
  num_attention_heads: 1,
  pad_token_id: 0,
  id2label: Object.fromEntries(LABELS.map((label, id) => [id, label])),
  label2id: Object.fromEntries(LABELS.map((label, id) => [label, id])),
})
