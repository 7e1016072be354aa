import { Graph } from '@/lib/processes/model-server/sample/make/onnx/graph'
import { FLOAT, INT64 } from '@/lib/processes/model-server/sample/make/onnx/schema'
import type { TinyModel } from './folder'
import { idOf, tinyTokenizer } from './tokenizer'

export const SAMPLE_RATE = 16_000

const listener = {
  feature_extractor_type: 'Wav2Vec2FeatureExtractor',
  feature_size: 1,
  sampling_rate: SAMPLE_RATE,
  padding_value: 0,
  do_normalize: false,
  return_attention_mask: false,
}

/** Loud or quiet, by the mean energy of the recording. */
export function loudnessClassifier(): TinyModel {
  const g = new Graph('loudness-classifier')
  const samples = g.input('input_values', FLOAT, ['batch', 'samples'])
  const energy = g.op('ReduceMean', [g.op('Mul', [samples, samples])], { axes: [1], keepdims: 1 })
  const logits = g.op('MatMul', [energy, g.floats([20, 0], [1, 2])])
  g.output('logits', g.op('Add', [logits, g.floats([0, 2])]), ['batch', 2])
  return {
    config: {
      model_type: 'wav2vec2',
      architectures: ['Wav2Vec2ForSequenceClassification'],
      id2label: { 0: 'loud', 1: 'quiet' },
      label2id: { loud: 0, quiet: 1 },
    },
    preprocessor: listener,
    onnx: { model: g.encode() },
  }
}

/** Hears "hello" in everything, twice in a row and with blanks around it, as CTC models do. */
export function helloTranscriber(): TinyModel {
  const blank = '[PAD]'
  const tokenizer = tinyTokenizer(['hello'], { wraps: false, collapsesRepeats: true })
  const heard = [blank, 'hello', 'hello', blank]
  const size = tokenizer.vocabulary.length
  const rows = heard.flatMap(token =>
    Array.from({ length: size }, (_, id) => (id === idOf(tokenizer, token) ? 9 : 0)),
  )
  const g = new Graph('hello-transcriber')
  const samples = g.input('input_values', FLOAT, ['batch', 'samples'])
  const silence = g.op('Mul', [g.op('ReduceSum', [samples, g.ints([1])], { keepdims: 1 }), g.scalar(0)])
  const logits = g.op('Add', [
    g.op('Unsqueeze', [silence, g.ints([2])]),
    g.floats(rows, [1, heard.length, size]),
  ])
  g.output('logits', logits, ['batch', heard.length, size])
  return {
    config: { model_type: 'wav2vec2', architectures: ['Wav2Vec2ForCTC'], vocab_size: size, pad_token_id: 0 },
    tokenizer,
    preprocessor: { ...listener, processor_class: 'Wav2Vec2Processor' },
    onnx: { model: g.encode() },
  }
}

/** Whatever it hears, it is a dog. */
export function dogHearer(): TinyModel {
  const tokenizer = tinyTokenizer(['this', 'is', 'a', 'sound', 'of', 'dog', 'cat', '.'])
  const rows = tokenizer.vocabulary.map(token => (token === 'dog' ? 3 : 0))
  const g = new Graph('dog-hearer')
  const ids = g.input('input_ids', INT64, ['texts', 'sequence'])
  g.input('attention_mask', INT64, ['texts', 'sequence'])
  g.input('input_features', FLOAT, ['batch', 1, 'frames', 'bins'])
  const embedded = g.op('Gather', [g.floats(rows), ids], { axis: 0 })
  g.output('logits_per_audio', g.op('ReduceSum', [embedded, g.ints([1])], { keepdims: 0 }), ['texts'])
  return {
    config: { model_type: 'clap', architectures: ['ClapModel'] },
    tokenizer,
    preprocessor: {
      feature_extractor_type: 'ClapFeatureExtractor',
      feature_size: 64,
      fft_window_size: 1024,
      frequency_max: 14_000,
      frequency_min: 50,
      hop_length: 480,
      max_length_s: 1,
      nb_frequency_bins: 513,
      nb_max_samples: 48_000,
      padding: 'repeatpad',
      sampling_rate: 48_000,
      truncation: 'rand_trunc',
    },
    onnx: { model: g.encode() },
  }
}

/** Speaks one sample per token: its id as a loudness. */
export function tokenSpeaker(): TinyModel {
  const tokenizer = tinyTokenizer(['hello'], { wraps: false })
  const g = new Graph('token-speaker')
  const ids = g.input('input_ids', INT64, ['batch', 'sequence'])
  g.input('attention_mask', INT64, ['batch', 'sequence'])
  const loudness = g.op('Mul', [g.cast(ids, FLOAT), g.scalar(0.01)])
  g.output('waveform', loudness, ['batch', 'sequence'])
  return {
    config: { model_type: 'vits', architectures: ['VitsModel'], sampling_rate: SAMPLE_RATE },
    tokenizer,
    onnx: { model: g.encode() },
  }
}
