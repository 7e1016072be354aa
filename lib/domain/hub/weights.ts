import type { Task } from '@/lib/domain/endpoint/task'

export type RepositoryFile = { path: string; sizeBytes: number }

/** Decoders and encoders of one model are separate graphs; quantised copies stand beside and are not loaded. */
const GRAPHS = [
  'model',
  'decoder_model_merged',
  'encoder_model',
  'vision_encoder',
  'vision_model',
  'text_model',
  'audio_encoder',
  'embed_tokens',
  'prompt_encoder_mask_decoder',
] as const

const graph = new RegExp(`^onnx/(${GRAPHS.join('|')})\\.onnx(_data(_\\d+)?)?$`)

/** Full-precision ONNX files: what transformers.js loads on a CPU unless told otherwise. */
export const onnxWeights = (files: readonly RepositoryFile[]): RepositoryFile[] =>
  files.filter(file => graph.test(file.path))

const tensors = /^model(-\d+-of-\d+)?\.safetensors$/

/** What is loaded of a repository, in bytes: by the model server, else by the clouds' servers. Null: unknown. */
export function weightsBytesOf(files: readonly RepositoryFile[]): number | null {
  const onnx = onnxWeights(files)
  const loaded = onnx.length > 0 ? onnx : files.filter(file => tensors.test(file.path))
  return loaded.length === 0 ? null : loaded.reduce((sum, file) => sum + file.sizeBytes, 0)
}

/** Why the model server cannot load these files; null when it can. */
export function obstacleOf(files: readonly RepositoryFile[], task: Task | null): string | null {
  if (!files.some(file => file.path === 'config.json'))
    return 'It has no config.json, so it is not a transformers model.'
  if (onnxWeights(files).length === 0) {
    return 'It has no ONNX weights (onnx/model.onnx). Look for a copy by onnx-community, or convert it with Optimum.'
  }
  return task === null
    ? 'Its task is not one the model server answers. Choose a task if you know better.'
    : null
}

/** Weights with room for activations and the runtime; measured models stay below it. */
const OVERHEAD_FACTOR = 1.5
const RUNTIME_BYTES = 350 * 1024 ** 2

/** Memory a replica needs, in bytes: the fit check of the wizard and of `check`. */
export const memoryNeededBytes = (weightsBytes: number): number =>
  Math.round(weightsBytes * OVERHEAD_FACTOR + RUNTIME_BYTES)
