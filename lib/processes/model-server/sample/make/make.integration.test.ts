import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SAMPLE_MODEL_DIR, SAMPLE_SENTENCES_FILE } from '@/lib/domain/endpoint/sample'
import { makeSample } from './make'
import { type Measurement, measure, readSentences } from './measure'

const FILES = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model.onnx', 'README.md']

describe('the sample model', () => {
  let folder: string
  let committed: Measurement
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slipway-sample-'))
    await makeSample(folder, SAMPLE_SENTENCES_FILE)
    committed = await measure(
      join(process.cwd(), SAMPLE_MODEL_DIR),
      await readSentences(SAMPLE_SENTENCES_FILE),
    )
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it.each(FILES)('is reproduced byte for byte by the script: %s', async file => {
    const [made, kept] = await Promise.all([
      readFile(join(folder, file)),
      readFile(join(SAMPLE_MODEL_DIR, file)),
    ])
    expect(made.equals(kept)).toBe(true)
  })

  it('states the accuracy it really has on at least 200 sentences', async () => {
    const card = await readFile(join(SAMPLE_MODEL_DIR, 'README.md'), 'utf8')
    const stated = /Accuracy: \*\*([\d.]+) %\*\* \((\d+) of (\d+) sentences\)/.exec(card)
    const { right, total } = committed.all
    expect(stated?.slice(1)).toEqual([((100 * right) / total).toFixed(1), String(right), String(total)])
    expect(total).toBeGreaterThanOrEqual(200)
    expect(card).toContain('no benchmark')
  })

  it('is better than guessing on every label and understands negation', () => {
    for (const score of Object.values(committed.byLabel))
      expect(score.right / score.total).toBeGreaterThan(0.5)
    const { negation } = committed.byKind
    expect(negation && negation.right / negation.total).toBeGreaterThan(0.5)
  })

  it('is small enough to live in the repository', async () => {
    const sizes = await Promise.all(FILES.map(async file => (await stat(join(SAMPLE_MODEL_DIR, file))).size))
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(2 * 1024 * 1024)
  })
})
