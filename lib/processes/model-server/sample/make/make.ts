import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { modelCard } from './card'
import { modelConfig } from './config'
import { buildGraph } from './graph'
import { buildLexicon, type TokenFeatures } from './lexicon'
import { type Measurement, measure, readSentences } from './measure'
import { tokenizerConfig, tokenizerJson, vocabularyOf } from './tokenizer'

const NO_FEATURES: TokenFeatures = { valence: 0, negates: false, contrasts: false, ends: false, boost: 0 }

/** Writes the whole model into `folder` in the Hub's layout; the same sources give the same bytes. */
export async function makeSample(folder: string, sentencesPath: string): Promise<Measurement> {
  const lexicon = buildLexicon()
  const vocabulary = vocabularyOf(lexicon.keys())
  const graph = buildGraph(vocabulary.map(word => lexicon.get(word) ?? NO_FEATURES))
  await mkdir(join(folder, 'onnx'), { recursive: true })
  await writeFile(join(folder, 'onnx', 'model.onnx'), graph)
  await writeFile(join(folder, 'config.json'), json(modelConfig(vocabulary.length)))
  await writeFile(join(folder, 'tokenizer.json'), json(tokenizerJson(vocabulary), 0))
  await writeFile(join(folder, 'tokenizer_config.json'), json(tokenizerConfig))
  const measured = await measure(folder, await readSentences(sentencesPath))
  await writeFile(join(folder, 'README.md'), modelCard(measured, vocabulary.length))
  return measured
}

const json = (value: object, indent = 2) => `${JSON.stringify(value, null, indent)}\n`
