import { SAMPLE_MODEL } from './sample'
import type { Task } from './task'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** A small request that every model of the task can answer: JSON, or a file as it is. */
export type ExampleRequest =
  | { kind: 'json'; body: Json }
  /** `base64` is the beginning of the file, `zeroBytes` of silence follow it. */
  | { kind: 'file'; contentType: string; fileName: string; base64: string; zeroBytes: number }

/** A 32 × 32 PNG of an orange disc, small enough to stand in a command. */
const TINY_PNG =
  'iVBORw0KGgoAAAANSUhEUgAAACAAAAAgAQMAAABJtOi3AAAABlBMVEULX3z/piu+c9jwAAAANklEQVR42mNgwA/4PzAwMNj/YWBgqP8HJP7/Z2Bg/P+/AUIw//9/gBgCoQNsAMQosKFg4/EBAIXQK2/2EuJDAAAAAElFTkSuQmCC'

/** The header of a WAV file of one second, 16 kHz, 16 bit, mono; its 32,000 zero bytes are the silence. */
const WAV_HEADER = 'UklGRiR9AABXQVZFZm10IBAAAAABAAEAgD4AAAB9AAACABAAZGF0YQB9AAA='

/** A whole WAV file of 20 ms of silence, for requests that carry their sound inside JSON. */
const TINY_WAV = `UklGRqQCAABXQVZFZm10IBAAAAABAAEAgD4AAAB9AAACABAAZGF0YYACAAAA${'A'.repeat(852)}`

const png: ExampleRequest = {
  kind: 'file',
  contentType: 'image/png',
  fileName: 'picture.png',
  base64: TINY_PNG,
  zeroBytes: 0,
}
const wav: ExampleRequest = {
  kind: 'file',
  contentType: 'audio/wav',
  fileName: 'sound.wav',
  base64: WAV_HEADER,
  zeroBytes: 32_000,
}
const json = (body: Json): ExampleRequest => ({ kind: 'json', body })

const EXAMPLES: Record<Task, ExampleRequest> = {
  'text-classification': json({ inputs: SAMPLE_MODEL.exampleInput }),
  'token-classification': json({ inputs: 'Grace Hopper worked at Harvard.' }),
  'question-answering': json({
    inputs: { question: 'Where is the ship?', context: 'The ship stands on the slipway in Gdańsk.' },
  }),
  'fill-mask': json({ inputs: 'A ship is launched from a [MASK].' }),
  summarization: json({
    inputs:
      'A slipway is a ramp on the shore by which ships can be moved to and from the water. Ships are built on it and launched from it.',
  }),
  translation: json({ inputs: 'The ship leaves the slipway today.' }),
  'text2text-generation': json({ inputs: 'translate English to German: The ship is ready.' }),
  'text-generation': json({ inputs: 'The ship left the slipway and', parameters: { max_new_tokens: 40 } }),
  'zero-shot-classification': json({
    inputs: 'The invoice is two weeks late.',
    parameters: { candidate_labels: ['billing', 'support', 'praise'] },
  }),
  'feature-extraction': json({ inputs: 'A ship on a slipway.' }),
  'sentence-similarity': json({
    inputs: {
      source_sentence: 'A ship is launched.',
      sentences: ['The boat enters the water.', 'It is raining.'],
    },
  }),
  'sentence-embeddings': json({ inputs: ['A ship on a slipway.', 'A boat in the water.'] }),
  'sentence-ranking': json({
    inputs: { query: 'launching a ship', texts: ['The boat enters the water.', 'It is raining.'] },
  }),
  'image-classification': png,
  'zero-shot-image-classification': json({
    inputs: TINY_PNG,
    parameters: { candidate_labels: ['a disc', 'a ship'] },
  }),
  'image-segmentation': png,
  'object-detection': png,
  'zero-shot-object-detection': json({
    inputs: TINY_PNG,
    parameters: { candidate_labels: ['a disc', 'a ship'] },
  }),
  'image-to-text': png,
  'image-to-image': png,
  'image-feature-extraction': png,
  'background-removal': png,
  'depth-estimation': png,
  'document-question-answering': json({ inputs: { image: TINY_PNG, question: 'What is the total?' } }),
  'audio-classification': wav,
  'zero-shot-audio-classification': json({
    inputs: TINY_WAV,
    parameters: { candidate_labels: ['speech', 'silence'] },
  }),
  'automatic-speech-recognition': wav,
  'text-to-audio': json({ inputs: 'The ship is ready.' }),
  custom: json({ inputs: 'Hello' }),
}

export const exampleRequest = (task: Task): ExampleRequest => EXAMPLES[task]
