import { Graph, type Value } from '@/lib/processes/model-server/sample/make/onnx/graph'
import { FLOAT, INT64 } from '@/lib/processes/model-server/sample/make/onnx/schema'
import type { TinyModel } from './folder'
import { type TinyTokenizer, tinyTokenizer } from './tokenizer'

const COLOURS = ['red', 'green', 'blue'] as const
const id2label = Object.fromEntries(COLOURS.map((name, id) => [id, name]))
const label2id = Object.fromEntries(COLOURS.map((name, id) => [name, id]))

/** Pixels stay what they are, from 0 to 1: red, green and blue are the three channels. */
const processor = (image_processor_type: string, extra: Record<string, unknown> = {}) => ({
  image_processor_type,
  do_resize: true,
  size: { height: 8, width: 8 },
  do_rescale: true,
  rescale_factor: 1 / 255,
  do_normalize: false,
  ...extra,
})

/** A graph over an image; `build` gets its pixels and the mean of each channel. */
function overImage(name: string, build: (g: Graph, pixels: Value, means: Value) => void): Uint8Array {
  const g = new Graph(name)
  const pixels = g.input('pixel_values', FLOAT, ['batch', 3, 'height', 'width'])
  build(g, pixels, g.op('ReduceMean', [pixels], { axes: [2, 3], keepdims: 0 }))
  return g.encode()
}

const scaled = (g: Graph, value: Value, factor: number) => g.op('Mul', [value, g.scalar(factor)])

/** Names the strongest colour. */
export const colourClassifier = (): TinyModel => ({
  config: { model_type: 'vit', architectures: ['ViTForImageClassification'], id2label, label2id },
  preprocessor: processor('ViTImageProcessor'),
  onnx: {
    model: overImage('colour-classifier', (g, _, means) =>
      g.output('logits', scaled(g, means, 5), ['batch', COLOURS.length]),
    ),
  },
})

/** Each pixel's colour as a vector, and the mean of all. */
export const colourFeatures = (): TinyModel => ({
  config: { model_type: 'vit', architectures: ['ViTModel'], hidden_size: 3 },
  preprocessor: processor('ViTImageProcessor'),
  onnx: {
    model: overImage('colour-features', (g, pixels, means) => {
      const flat = g.op('Reshape', [pixels, g.ints([0, 3, -1])])
      g.output('last_hidden_state', g.op('Transpose', [flat], { perm: [0, 2, 1] }), ['batch', 'pixels', 3])
      g.output('pooler_output', means, ['batch', 3])
    }),
  },
})

/** Colours each pixel with the strongest of its channels. */
export const colourSegmenter = (): TinyModel => ({
  config: {
    model_type: 'segformer',
    architectures: ['SegformerForSemanticSegmentation'],
    id2label,
    label2id,
  },
  preprocessor: processor('SegformerFeatureExtractor'),
  onnx: {
    model: overImage('colour-segmenter', (g, pixels) => g.output('logits', pixels, ['batch', 3, 'h', 'w'])),
  },
})

/** What is red is in front, everything else is background. */
export function redKeeper(): TinyModel {
  const g = new Graph('red-keeper')
  const pixels = g.input('input', FLOAT, ['batch', 3, 'height', 'width'])
  const red = g.op('Gather', [pixels, g.ints([0])], { axis: 1 })
  g.output('output', red, ['batch', 1, 'height', 'width'])
  return {
    config: { model_type: 'modnet', architectures: ['MODNet'] },
    preprocessor: processor('ImageFeatureExtractor'),
    onnx: { model: g.encode() },
  }
}

/** Bright is far. */
export const brightnessDepth = (): TinyModel => ({
  config: { model_type: 'dpt', architectures: ['DPTForDepthEstimation'] },
  preprocessor: processor('DPTImageProcessor'),
  onnx: {
    model: overImage('brightness-depth', (g, pixels) =>
      g.output('predicted_depth', g.op('ReduceMean', [pixels], { axes: [1], keepdims: 0 }), [
        'batch',
        'h',
        'w',
      ]),
    ),
  },
})

/** Gives every image back as it came. */
export const mirror = (): TinyModel => ({
  config: { model_type: 'swin2sr', architectures: ['Swin2SRForImageSuperResolution'] },
  preprocessor: {
    image_processor_type: 'Swin2SRImageProcessor',
    do_rescale: true,
    rescale_factor: 1 / 255,
    do_pad: true,
    pad_size: 8,
  },
  onnx: {
    model: overImage('mirror', (g, pixels) => g.output('reconstruction', pixels, ['batch', 3, 'h', 'w'])),
  },
})

/** One thing in the middle of every image, of the strongest colour, and one it is not sure of. */
function boxes(g: Graph, means: Value): Value {
  const zero = g.op('Unsqueeze', [
    scaled(g, g.op('ReduceSum', [means, g.ints([1])], { keepdims: 1 }), 0),
    g.ints([2]),
  ])
  return g.op('Add', [zero, g.floats([0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.1, 0.1], [1, 2, 4])])
}

/** Two rows of scores: the means of the colours times ten, and the same with next to no confidence. */
const twice = (g: Graph, scores: Value, low: number) =>
  g.op(
    'Concat',
    [g.op('Unsqueeze', [scores, g.ints([1])]), g.op('Unsqueeze', [scaled(g, scores, low), g.ints([1])])],
    {
      axis: 1,
    },
  )

export const colourDetector = (): TinyModel => ({
  config: { model_type: 'detr', architectures: ['DetrForObjectDetection'], id2label, label2id },
  preprocessor: processor('DetrFeatureExtractor', { size: { shortest_edge: 8, longest_edge: 16 } }),
  onnx: {
    model: overImage('colour-detector', (g, _, means) => {
      // The last column is "nothing there".
      const logits = g.op('MatMul', [
        scaled(g, means, 10),
        g.floats([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0], [3, 4]),
      ])
      const nothing = g.floats([0, 0, 0, 0, 0, 0, 0, 20], [1, 2, 4])
      g.output('logits', g.op('Add', [twice(g, logits, 0.1), nothing]), ['batch', 2, 4])
      g.output('pred_boxes', boxes(g, means), ['batch', 2, 4])
    }),
  },
})

const colourTokenizer = () => tinyTokenizer([...COLOURS, 'this', 'is', 'a', 'photo', 'of'])

/** Texts as colours: the word's own, nothing for other words. */
function colourOfTexts(g: Graph, tokenizer: TinyTokenizer): Value {
  const rows = tokenizer.vocabulary.map(token => COLOURS.map(colour => (colour === token ? 1 : 0)))
  const ids = g.input('input_ids', INT64, ['texts', 'sequence'])
  g.input('attention_mask', INT64, ['texts', 'sequence'])
  const embedded = g.op('Gather', [g.floats(rows.flat(), [rows.length, 3]), ids], { axis: 0 })
  return g.op('ReduceSum', [embedded, g.ints([1])], { keepdims: 0 })
}

/** How well a colour word fits an image. */
export function colourMatcher(): TinyModel {
  const tokenizer = colourTokenizer()
  const graph = overImage('colour-matcher', (g, _, means) => {
    const texts = g.op('Transpose', [colourOfTexts(g, tokenizer)], { perm: [1, 0] })
    g.output('logits_per_image', g.op('MatMul', [scaled(g, means, 5), texts]), ['batch', 'texts'])
  })
  return {
    config: { model_type: 'clip', architectures: ['CLIPModel'] },
    tokenizer,
    preprocessor: processor('CLIPFeatureExtractor'),
    onnx: { model: graph },
  }
}

/** The colour detector for words. */
export function wordDetector(): TinyModel {
  const tokenizer = colourTokenizer()
  const graph = overImage('word-detector', (g, _, means) => {
    const texts = g.op('Transpose', [colourOfTexts(g, tokenizer)], { perm: [1, 0] })
    const fit = g.op('Sub', [scaled(g, g.op('MatMul', [means, texts]), 10), g.scalar(5)])
    g.output('logits', g.op('Sub', [twice(g, fit, 0.1), g.floats([0, 9], [1, 2, 1])]), ['batch', 2, 'texts'])
    g.output('pred_boxes', boxes(g, means), ['batch', 2, 4])
  })
  return {
    config: { model_type: 'owlvit', architectures: ['OwlViTForObjectDetection'] },
    tokenizer,
    preprocessor: processor('OwlViTFeatureExtractor'),
    onnx: { model: graph },
  }
}
