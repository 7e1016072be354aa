import type * as Library from '@huggingface/transformers'
import type { ServedTask } from '@/lib/domain/endpoint/task'
import type { LoadedModel } from '../tasks/adapter'
import { REGISTRY } from '../tasks/registry'
import { listFiles } from './folder'
import { chooseWeights } from './weights'

/** Cuts the library off from the network: everything it loads is a local file, and no input may make it fetch. */
export async function importLibrary(): Promise<typeof Library> {
  const library = await import('@huggingface/transformers')
  library.env.allowRemoteModels = false
  library.env.useFSCache = false
  library.env.fetch = async url => {
    throw new Error(`The model server does not fetch ${String(url)}.`)
  }
  library.env.logLevel = library.LogLevel.ERROR
  return library
}

/** Base names of the ONNX files a model's architecture needs for a task, as the library itself derives them. */
export async function sessionNames(
  library: typeof Library,
  folder: string,
  task: ServedTask,
): Promise<string[]> {
  const { pipeline } = REGISTRY[task]
  const files = await library.ModelRegistry.get_pipeline_files(pipeline, folder, {
    dtype: 'fp32',
    device: 'cpu',
  })
  return files.flatMap(file => /^onnx\/(.+)\.onnx$/.exec(file)?.[1] ?? [])
}

export type LoadOptions = { folder: string; task: ServedTask; threads: number; dtype: string | null }

/** Loads a model from a folder in the Hub's layout. @throws Error with a sentence for the endpoint's owner. */
export async function loadModel(
  library: typeof Library,
  { folder, task, threads, dtype }: LoadOptions,
): Promise<{ model: LoadedModel; description: string }> {
  const files = await listFiles(folder).catch(() => {
    throw new Error(`The model folder ${folder} cannot be read.`)
  })
  if (!files.includes('config.json')) throw new Error(`The model folder ${folder} has no config.json.`)
  const weights = chooseWeights(files, await sessionNames(library, folder, task), dtype)
  if (!weights.ok) throw new Error(weights.error.message)
  const pipeline = await library.pipeline(REGISTRY[task].pipeline, folder, {
    local_files_only: true,
    device: 'cpu',
    dtype: weights.data.dtype as 'fp32',
    subfolder: weights.data.subfolder,
    session_options: { intraOpNumThreads: threads, interOpNumThreads: 1, executionMode: 'sequential' },
  })
  return {
    model: { task, folder, pipeline, library },
    description: `${task}, ${weights.data.dtype} weights, ${threads} thread${threads === 1 ? '' : 's'}`,
  }
}
