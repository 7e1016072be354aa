import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { commitOf, type FakeHub, type FakeModel, startFakeHub } from '@/lib/testing/fake-hub'

const small: FakeModel = {
  id: 'acme/tiny-sentiment',
  pipelineTag: 'text-classification',
  libraryName: 'transformers',
  tags: ['onnx', 'license:mit'],
  downloads: 1200,
  likes: 7,
  files: {
    'config.json': '{}',
    'onnx/model.onnx': 'x'.repeat(5000),
    'onnx/model_quantized.onnx': 'x'.repeat(900),
  },
}
const popular: FakeModel = {
  ...small,
  id: 'other/popular',
  downloads: 90_000,
  gated: 'manual',
  safetensors: { parameters: { F32: 66_955_010 }, total: 66_955_010 },
}
const noOnnx: FakeModel = {
  id: 'acme/safetensors-only',
  pipelineTag: 'fill-mask',
  files: { 'config.json': '{}', 'model.safetensors': 'x' },
}

let hub: FakeHub

/** The environment is parsed once per module graph: each address gets a fresh one. */
async function hubAt(url: string) {
  vi.resetModules()
  process.env.HF_ENDPOINT = url
  const [{ searchModels }, { getModel }] = await Promise.all([
    import('./search-models'),
    import('./get-model'),
  ])
  return { searchModels, getModel }
}

beforeAll(async () => {
  hub = await startFakeHub([small, popular, noOnnx])
})
afterAll(async () => {
  delete process.env.HF_ENDPOINT
  delete process.env.SLIPWAY_MODELS_DIR
  await hub.close()
})

describe('the Hub', () => {
  it('is searched for models with ONNX weights, most downloaded first', async () => {
    const { searchModels } = await hubAt(hub.url)
    const found = await searchModels({ search: '' })
    expect(found.ok && found.data.map(model => [model.id, model.gated, model.license])).toEqual([
      ['other/popular', true, 'mit'],
      ['acme/tiny-sentiment', false, 'mit'],
    ])
    const byAuthor = await searchModels({ search: 'tiny', author: 'acme', task: 'text-classification' })
    expect(byAuthor.ok && byAuthor.data.map(model => model.id)).toEqual(['acme/tiny-sentiment'])
    const any = await searchModels({ search: '', author: 'acme', weights: 'any' })
    expect(any.ok && any.data.map(model => model.id)).toEqual([
      'acme/tiny-sentiment',
      'acme/safetensors-only',
    ])
  })

  it('tells in its list what a model with safetensors weighs, and nothing of one without', async () => {
    const { searchModels } = await hubAt(hub.url)
    const found = await searchModels({ search: '' })
    expect(found.ok && found.data.map(model => [model.library, model.likes, model.safetensors])).toEqual([
      ['transformers', 7, { parameters: 66_955_010, bytes: 267_820_040 }],
      ['transformers', 7, null],
    ])
  })

  it('says what a model weighs, at which commit, and why one cannot run', async () => {
    const { getModel } = await hubAt(hub.url)
    const model = await getModel('acme/tiny-sentiment', 'main')
    expect(model).toMatchObject({
      ok: true,
      data: { weightsBytes: 5000, commit: commitOf(small), obstacle: null },
    })
    const unfit = await getModel('acme/safetensors-only', 'main')
    expect(unfit).toMatchObject({ ok: true, data: { obstacle: expect.stringContaining('ONNX') } })
    expect(await getModel('acme/nothing', 'main')).toMatchObject({
      ok: false,
      error: { code: 'provider_refused', message: expect.stringContaining('no such model') },
    })
  })

  it('out of reach, or tired of us, leaves a sentence that says what still works', async () => {
    const { searchModels } = await hubAt('http://127.0.0.1:1')
    expect(await searchModels({ search: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'provider_unavailable', message: expect.stringContaining('sample and local folders') },
    })
    const limited = createServer((_, response) => response.writeHead(429, { 'retry-after': '30' }).end())
    await new Promise<void>(resolve => limited.listen(0, '127.0.0.1', resolve))
    const address = limited.address()
    const again = await hubAt(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
    expect(await again.searchModels({ search: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'rate_limited', message: expect.stringContaining('in 30 s') },
    })
    limited.close()
  })
})

describe('local folders', () => {
  let root = ''
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'slipway-models-'))
    process.env.SLIPWAY_MODELS_DIR = root
    return () => rmSync(root, { recursive: true, force: true })
  })

  it('are found below the one that is allowed, and links out of it are not followed', async () => {
    const model = join(root, 'team', 'reviews')
    mkdirSync(join(model, 'onnx'), { recursive: true })
    writeFileSync(
      join(model, 'config.json'),
      JSON.stringify({ architectures: ['BertForSequenceClassification'] }),
    )
    writeFileSync(join(model, 'onnx', 'model.onnx'), 'x'.repeat(300))
    symlinkSync('/etc', join(root, 'outside'))
    vi.resetModules()
    const { listFolders } = await import('./list-folders')
    const found = await listFolders()
    expect(found).toEqual({
      ok: true,
      data: [{ path: 'team/reviews', task: 'text-classification', weightsBytes: 300, obstacle: null }],
    })
  })
})
