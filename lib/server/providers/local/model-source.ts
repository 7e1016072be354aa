import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { ModelSource } from '@/lib/domain/endpoint/spec'
import type { Problem } from '../port'
import type { LocalSettings } from './settings'

/** Where the model server finds the model, in its own variables, or why it cannot. */
export type LocatedModel = { env: Record<string, string> } | { problem: Problem }

export function locateModel(source: ModelSource, settings: LocalSettings): LocatedModel {
  switch (source.kind) {
    case 'hub':
      return {
        env: { HF_MODEL_ID: source.repository, ...(source.revision ? { HF_REVISION: source.revision } : {}) },
      }
    case 'sample':
      return locateSample(settings)
    case 'folder':
      return locateFolder(source.path, settings)
    case 'image':
      return {
        problem: {
          field: 'model.source',
          message: 'This machine cannot run images; choose a Hub model, the sample or a local folder.',
        },
      }
  }
}

function locateSample({ sampleModelDir }: LocalSettings): LocatedModel {
  if (existsSync(join(sampleModelDir, 'config.json'))) return { env: { HF_MODEL_DIR: sampleModelDir } }
  const message = 'The bundled sample model is missing from this installation; choose another model.'
  return { problem: { field: 'model.source', message } }
}

function locateFolder(path: string, { modelsDir }: LocalSettings): LocatedModel {
  const refuse = (message: string): LocatedModel => ({ problem: { field: 'model.source.path', message } })
  if (modelsDir === null) {
    return refuse(
      'Local folders are switched off: whoever runs Slipway sets SLIPWAY_MODELS_DIR to allow them.',
    )
  }
  const folder = resolveBelow(modelsDir, path)
  // One answer for "outside" and "not there": nobody learns what lies elsewhere on the machine.
  if (folder === null) return refuse(`There is no folder ${path} below SLIPWAY_MODELS_DIR.`)
  if (!existsSync(join(folder, 'config.json'))) {
    return refuse(`${path} has no config.json; a model's folder has the same files as its Hub repository.`)
  }
  if (![folder, join(folder, 'onnx')].some(holdsOnnx)) {
    return refuse(`${path} has no ONNX weights (such as onnx/model.onnx); export the model to ONNX first.`)
  }
  return { env: { HF_MODEL_DIR: folder } }
}

/** The real folder, links followed, if it lies below the root; null otherwise. */
function resolveBelow(root: string, path: string): string | null {
  try {
    const realRoot = realpathSync(root)
    const folder = realpathSync(join(realRoot, path))
    const isBelow = folder.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep)
    return isBelow && statSync(folder).isDirectory() ? folder : null
  } catch {
    return null
  }
}

function holdsOnnx(folder: string): boolean {
  try {
    return readdirSync(folder).some(name => name.endsWith('.onnx'))
  } catch {
    return false
  }
}
