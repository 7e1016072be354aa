import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type TinyTokenizer, tokenizerFiles } from './tokenizer'

/** A model in the Hub's layout. The tiny ones of this folder are made to be predictable, not to be good. */
export type TinyModel = {
  config: Record<string, unknown>
  tokenizer?: TinyTokenizer
  preprocessor?: Record<string, unknown>
  /** Base name (`model`, `encoder_model` …) to graph. */
  onnx: Record<string, Uint8Array>
  /** Further files by path. */
  extra?: Record<string, unknown>
}

/** The model's files by path, as a repository has them. */
export function filesOf(model: TinyModel): Record<string, string | Uint8Array> {
  const json: Record<string, unknown> = {
    'config.json': model.config,
    ...(model.tokenizer && tokenizerFiles(model.tokenizer)),
    ...(model.preprocessor && { 'preprocessor_config.json': model.preprocessor }),
    ...model.extra,
  }
  return {
    ...Object.fromEntries(Object.entries(json).map(([path, value]) => [path, JSON.stringify(value)])),
    ...Object.fromEntries(Object.entries(model.onnx).map(([name, graph]) => [`onnx/${name}.onnx`, graph])),
  }
}

export async function writeModel(folder: string, model: TinyModel): Promise<void> {
  for (const [path, content] of Object.entries(filesOf(model))) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
}
