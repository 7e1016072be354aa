import { readFile } from 'node:fs/promises'
import { env, pipeline } from '@huggingface/transformers'
import { keepOnnxRuntimeToItself } from '@/lib/server/env'
import { LABELS, type Label } from './config'

export type Sentence = { label: Label; kind: string; text: string }
export type Score = { right: number; total: number }
export type Measurement = {
  all: Score
  byLabel: Record<string, Score>
  byKind: Record<string, Score>
  /** Rows are true labels, columns answers, both in the order of LABELS. */
  confusion: number[][]
}

/** Reads `sentences.tsv`: label, kind, sentence, with a header line. */
export async function readSentences(path: string): Promise<Sentence[]> {
  const [, ...lines] = (await readFile(path, 'utf8')).trimEnd().split('\n')
  return lines.map((line, index) => {
    const [label, kind, text] = line.split('\t')
    const known = LABELS.find(candidate => candidate === label)
    if (!known || !kind || !text) throw new Error(`${path}:${index + 2} is not label, kind, sentence.`)
    return { label: known, kind, text }
  })
}

/** Runs the model in `folder` over the sentences, through transformers as the model server does. */
export async function measure(folder: string, sentences: readonly Sentence[]): Promise<Measurement> {
  keepOnnxRuntimeToItself()
  env.allowRemoteModels = false
  env.useFSCache = false
  const classify = await pipeline('text-classification', folder, { dtype: 'fp32' })
  const confusion = LABELS.map(() => LABELS.map(() => 0))
  const byLabel: Record<string, Score> = {}
  const byKind: Record<string, Score> = {}
  const all: Score = { right: 0, total: 0 }
  for (const { label, kind, text } of sentences) {
    const answer = await classify(text)
    const predicted = (LABELS as readonly string[]).indexOf(answer[0]?.label ?? '')
    const row = confusion[LABELS.indexOf(label)]
    if (row?.[predicted] === undefined) throw new Error(`The model answered no known label for "${text}".`)
    row[predicted] += 1
    byLabel[label] ??= { right: 0, total: 0 }
    byKind[kind] ??= { right: 0, total: 0 }
    for (const score of [all, byLabel[label], byKind[kind]]) {
      score.total += 1
      if (LABELS[predicted] === label) score.right += 1
    }
  }
  await classify.dispose()
  return { all, byLabel, byKind, confusion }
}

export const percent = ({ right, total }: Score): string => `${((100 * right) / total).toFixed(1)} %`
