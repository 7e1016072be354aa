import { Graph } from '@/lib/processes/model-server/sample/make/onnx/graph'
import { BOOL, FLOAT, INT64 } from '@/lib/processes/model-server/sample/make/onnx/schema'
import type { TinyModel } from './folder'
import { idOf, type TinyTokenizer, tinyTokenizer } from './tokenizer'

const SPECIAL = ['[PAD]', '[UNK]', '<eos>', '<bos>'] as const

/** Each word and the words that may follow it; the first is the likeliest. */
type Successors = Record<string, readonly string[]>

/**
 * A decoder that knows which word follows which: its scores hang on the last token alone. Keys and values are kept as
 * a real decoder's are, so that the library's whole generation loop runs.
 */
export function bigramDecoder(
  tokenizer: TinyTokenizer,
  successors: Successors,
  { cache, readsEncoder }: { cache: string; readsEncoder: boolean },
): Uint8Array {
  const size = tokenizer.vocabulary.length
  const rows = tokenizer.vocabulary.flatMap(token => {
    const row = new Array<number>(size).fill(0)
    const next = successors[token] ?? ['<eos>']
    next.forEach((word, rank) => {
      row[idOf(tokenizer, word)] = 10 - rank * 0.5
    })
    return row
  })
  const g = new Graph('bigram-decoder')
  const ids = g.input('input_ids', INT64, ['batch_size', 'sequence_length'])
  if (readsEncoder) {
    g.input('encoder_hidden_states', FLOAT, ['batch_size', 'encoder_length', 'width'])
    g.input('use_cache_branch', BOOL, [1])
  } else {
    g.input('attention_mask', INT64, ['batch_size', 'total_length'])
  }
  const past = g.input(`past_key_values.0.${cache}`, FLOAT, ['batch_size', 1, 'past_length', 1])
  g.output('logits', g.op('Gather', [g.floats(rows, [size, size]), ids], { axis: 0 }), [
    'batch_size',
    'sequence_length',
    size,
  ])
  const own = g.op('Unsqueeze', [g.cast(ids, FLOAT), g.ints([1, 3])])
  g.output(`present.0.${cache}`, g.op('Concat', [past, own], { axis: 2 }), [
    'batch_size',
    1,
    'total_length',
    1,
  ])
  return g.encode()
}

const STORY: Successors = {
  once: ['upon'],
  upon: ['a'],
  a: ['time'],
  time: ['there'],
  there: ['was'],
  was: ['one'],
  one: ['little'],
  little: ['boat', 'ship'],
  boat: ['.'],
  ship: ['.'],
  '.': ['<eos>'],
  assistant: ['hello'],
  hello: ['dear'],
  dear: ['friend'],
  friend: ['<eos>'],
  // Two words that lead to each other: a generation that only a limit ends.
  ping: ['pong'],
  pong: ['ping'],
}

const storyTokenizer = () =>
  tinyTokenizer([...Object.keys(STORY), 'ship', 'user', 'system'], {
    special: SPECIAL,
    wraps: false,
    maxTokens: 4096,
    chatTemplate: '{% for m in messages %}{{ m.role }} {{ m.content }} {% endfor %}assistant',
  })

/** Continues "once" to "once upon a time there was one little boat." and answers a chat with "hello dear friend". */
export function storyteller({ contextLength = 4096 } = {}): TinyModel {
  const tokenizer = storyTokenizer()
  const config = {
    model_type: 'gpt2',
    architectures: ['GPT2LMHeadModel'],
    vocab_size: tokenizer.vocabulary.length,
    n_layer: 1,
    n_head: 1,
    n_embd: 1,
    n_positions: contextLength,
    eos_token_id: idOf(tokenizer, '<eos>'),
    bos_token_id: idOf(tokenizer, '<bos>'),
  }
  return {
    config,
    tokenizer,
    onnx: { model: bigramDecoder(tokenizer, STORY, { cache: 'key', readsEncoder: false }) },
  }
}

/** An encoder that hands its input on as vectors of one number: the decoder does not look at them. */
function passingEncoder(): Uint8Array {
  const g = new Graph('passing-encoder')
  const ids = g.input('input_ids', INT64, ['batch_size', 'sequence_length'])
  g.input('attention_mask', INT64, ['batch_size', 'sequence_length'])
  const states = g.op('Unsqueeze', [g.cast(ids, FLOAT), g.ints([2])])
  g.output('last_hidden_state', states, ['batch_size', 'sequence_length', 1])
  return g.encode()
}

/** Whatever is asked, the answer is "a short answer". */
export function textToText(): TinyModel {
  const tokenizer = tinyTokenizer(['a', 'short', 'answer'], {
    special: SPECIAL,
    wraps: false,
    maxTokens: 128,
  })
  const successors = { '<bos>': ['a'], a: ['short'], short: ['answer'] }
  const config = {
    model_type: 't5',
    architectures: ['T5ForConditionalGeneration'],
    is_encoder_decoder: true,
    vocab_size: tokenizer.vocabulary.length,
    num_layers: 1,
    num_decoder_layers: 1,
    num_heads: 1,
    d_kv: 1,
    decoder_start_token_id: idOf(tokenizer, '<bos>'),
    eos_token_id: idOf(tokenizer, '<eos>'),
    pad_token_id: 0,
  }
  const decoder = bigramDecoder(tokenizer, successors, { cache: 'decoder.key', readsEncoder: true })
  return { config, tokenizer, onnx: { encoder_model: passingEncoder(), decoder_model_merged: decoder } }
}

/** An image encoder's shape with the same kind of decoder behind it. */
function imageEncoder(): Uint8Array {
  const g = new Graph('image-encoder')
  const pixels = g.input('pixel_values', FLOAT, ['batch_size', 3, 'height', 'width'])
  const mean = g.op('ReduceMean', [pixels], { axes: [2, 3], keepdims: 0 })
  g.output('last_hidden_state', g.op('Unsqueeze', [mean, g.ints([1])]), ['batch_size', 1, 3])
  return g.encode()
}

function imageReader(tokenizer: TinyTokenizer, successors: Successors, processor: string): TinyModel {
  const eos = idOf(tokenizer, '<eos>')
  const decoder = { model_type: 'gpt2', n_layer: 1, n_head: 1, n_embd: 1, max_position_embeddings: 64 }
  return {
    config: {
      model_type: 'vision-encoder-decoder',
      architectures: ['VisionEncoderDecoderModel'],
      is_encoder_decoder: true,
      encoder: { model_type: 'vit' },
      decoder: { ...decoder, vocab_size: tokenizer.vocabulary.length },
      decoder_start_token_id: idOf(tokenizer, '<bos>'),
      eos_token_id: eos,
      pad_token_id: 0,
    },
    tokenizer,
    preprocessor: {
      image_processor_type: processor,
      do_resize: true,
      size: { height: 8, width: 8 },
      do_normalize: false,
      do_rescale: true,
    },
    onnx: {
      encoder_model: imageEncoder(),
      decoder_model_merged: bigramDecoder(tokenizer, successors, { cache: 'key', readsEncoder: true }),
    },
  }
}

/** Sees "a red boat" in every image. */
export function imageCaptioner(): TinyModel {
  const tokenizer = tinyTokenizer(['a', 'red', 'boat'], { special: SPECIAL, wraps: false })
  return imageReader(tokenizer, { '<bos>': ['a'], a: ['red'], red: ['boat'] }, 'ViTImageProcessor')
}

/** Finds "42" in every document, in Donut's notation. */
export function documentReader(): TinyModel {
  const marks = ['<s_docvqa>', '<s_question>', '</s_question>', '<s_answer>', '</s_answer>']
  const tokenizer = tinyTokenizer(['42'], { special: [...SPECIAL, ...marks], wraps: false })
  return imageReader(tokenizer, { '<s_answer>': ['42'], '42': ['</s_answer>'] }, 'DonutImageProcessor')
}
