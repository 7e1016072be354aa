import type { Task } from '@/lib/domain/endpoint/task'

/** Every task this server answers: HF's inference toolkit's, less `custom`, which needs a container. */
export const MODEL_SERVER_TASKS = [
  'text-classification',
  'token-classification',
  'question-answering',
  'fill-mask',
  'summarization',
  'translation',
  'text2text-generation',
  'text-generation',
  'zero-shot-classification',
  'feature-extraction',
  'sentence-similarity',
  'sentence-embeddings',
  'sentence-ranking',
  'image-classification',
  'zero-shot-image-classification',
  'image-segmentation',
  'object-detection',
  'zero-shot-object-detection',
  'image-to-text',
  'image-to-image',
  'image-feature-extraction',
  'background-removal',
  'depth-estimation',
  'document-question-answering',
  'audio-classification',
  'zero-shot-audio-classification',
  'automatic-speech-recognition',
  'text-to-audio',
] as const satisfies readonly Exclude<Task, 'custom'>[]

export type ServedTask = (typeof MODEL_SERVER_TASKS)[number]
