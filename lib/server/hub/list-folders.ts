import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { z } from 'zod'
import type { Task } from '@/lib/domain/endpoint/task'
import type { FolderModel } from '@/lib/domain/hub/model'
import { obstacleOf, onnxWeights, type RepositoryFile } from '@/lib/domain/hub/weights'
import { fail, ok, type Result } from '@/lib/domain/result'
import { env } from '@/lib/server/env'

/** `owner/name` as on the Hub, or one level more; deeper folders are a model's own. */
const MAX_DEPTH = 3
const MAX_MODELS = 200

const modelConfig = z.object({ architectures: z.array(z.string()).nullish() })

/** Class names of transformers end in what the model is for. */
const HEADS: [suffix: string, task: Task][] = [
  ['ForSequenceClassification', 'text-classification'],
  ['ForTokenClassification', 'token-classification'],
  ['ForQuestionAnswering', 'question-answering'],
  ['ForMaskedLM', 'fill-mask'],
  ['ForCausalLM', 'text-generation'],
  ['ForConditionalGeneration', 'text2text-generation'],
  ['ForImageClassification', 'image-classification'],
  ['ForObjectDetection', 'object-detection'],
  ['ForAudioClassification', 'audio-classification'],
]

/** Folders below SLIPWAY_MODELS_DIR that hold a model; links that lead out of it are not followed. */
export async function listFolders(): Promise<Result<FolderModel[]>> {
  const root = env().SLIPWAY_MODELS_DIR
  if (!root)
    return fail('unavailable', 'Set SLIPWAY_MODELS_DIR to a folder with models to deploy them from there.')
  const base = await realpath(root).catch(() => null)
  if (base === null)
    return fail('unavailable', `SLIPWAY_MODELS_DIR is ${root}, which does not exist or cannot be read.`)
  const found: FolderModel[] = []
  await walk(base, base, 0, found)
  return ok(found.toSorted((a, b) => a.path.localeCompare(b.path)))
}

async function walk(base: string, folder: string, depth: number, found: FolderModel[]): Promise<void> {
  if (found.length >= MAX_MODELS) return
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  if (entries.some(entry => entry.name === 'config.json')) {
    found.push(await describeModel(base, folder))
    return
  }
  if (depth >= MAX_DEPTH) return
  for (const entry of entries) {
    if (entry.isDirectory() && !entry.name.startsWith('.'))
      await walk(base, join(folder, entry.name), depth + 1, found)
  }
}

async function describeModel(base: string, folder: string): Promise<FolderModel> {
  const files = await filesOf(folder)
  const task = await taskOfConfig(join(folder, 'config.json'))
  return {
    path: relative(base, folder).split(sep).join('/') || '.',
    task,
    weightsBytes: onnxWeights(files).reduce((sum, file) => sum + file.sizeBytes, 0),
    obstacle: obstacleOf(files, task),
  }
}

async function filesOf(folder: string): Promise<RepositoryFile[]> {
  const files: RepositoryFile[] = []
  for (const sub of ['', 'onnx']) {
    for (const entry of await readdir(join(folder, sub), { withFileTypes: true }).catch(() => [])) {
      if (!entry.isFile()) continue
      const { size } = await stat(join(folder, sub, entry.name))
      files.push({ path: sub ? `${sub}/${entry.name}` : entry.name, sizeBytes: size })
    }
  }
  return files
}

async function taskOfConfig(path: string): Promise<Task | null> {
  try {
    const config = modelConfig.parse(JSON.parse(await readFile(path, 'utf8')))
    const name = config.architectures?.[0] ?? ''
    return HEADS.find(([suffix]) => name.endsWith(suffix))?.[1] ?? null
  } catch {
    return null
  }
}
