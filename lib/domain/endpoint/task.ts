/** Every task the model server answers: those of HF's inference toolkit. */
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
] as const
export type ServedTask = (typeof MODEL_SERVER_TASKS)[number]

/** And `custom`, which needs a container. */
export const TASKS = [...MODEL_SERVER_TASKS, 'custom'] as const
export type Task = (typeof TASKS)[number]

/** `text-classification` → `Text classification`. */
export const taskLabel = (task: Task): string => {
  const words = task.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
