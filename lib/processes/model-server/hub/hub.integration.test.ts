import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { commitOf, type FakeHub, startFakeHub } from '@/lib/testing/fake-hub'
import { ask, type RunningModelServer, startModelServer, waitUntilReady } from '@/lib/testing/model-server'
import { filesOf } from '@/lib/testing/models/folder'
import { tokenClassifier } from '@/lib/testing/models/text-models'

const ID = 'acme/tiny-ner'
const TASK = 'token-classification'
const TEXT = 'Paris'

let hub: FakeHub
let home: string
let server: RunningModelServer | undefined

beforeAll(async () => {
  hub = await startFakeHub()
})
afterAll(() => hub.close())
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'slipway-hf-home-'))
  hub.models.length = 0
  hub.models.push({ id: ID, files: { ...filesOf(tokenClassifier()), 'pytorch_model.bin': 'not for us' } })
  hub.hubRequests.length = 0
  hub.cdnRequests.length = 0
})
afterEach(async () => {
  await server?.stop()
  server = undefined
  await rm(home, { recursive: true, force: true })
})

const start = async (environment: Record<string, string> = {}) => {
  server = await startModelServer({
    HF_TASK: TASK,
    HF_MODEL_ID: ID,
    HF_ENDPOINT: hub.url,
    HF_HOME: home,
    ...environment,
  })
  return server
}
const model = () => {
  const [first] = hub.models
  if (!first) throw new Error('No model.')
  return first
}
const cacheFolder = () => join(home, 'hub', 'models--acme--tiny-ner')

/** What a server that cannot load says before it exits with 1. */
async function failure(environment: Record<string, string> = {}): Promise<string> {
  const failing = await start(environment)
  expect((await failing.exited).code).toBe(1)
  return /ERROR The model cannot be served: (.*)/.exec(failing.output())?.[1] ?? failing.output()
}

describe('a model from the Hub', () => {
  it('is resolved to a commit, downloaded and served; only the files it needs', async () => {
    const running = await start({ HF_TOKEN: 'hf_secret' })
    await waitUntilReady(running)
    expect((await ask(running.url, { inputs: TEXT })).body).toMatchObject([{ entity: 'B-LOC' }])
    expect(running.output()).toContain(`${ID} is at commit ${commitOf(model())}`)
    expect(running.output()).toMatch(/INFO Downloaded onnx\/model\.onnx, 100 % of \d+\.\d MB/)
    expect([...hub.hubRequests, ...hub.cdnRequests].some(({ path }) => path.includes('pytorch'))).toBe(false)
  })

  it("sends the token to the Hub's own host and nowhere else", async () => {
    await waitUntilReady(await start({ HF_TOKEN: 'hf_secret' }))
    expect(hub.hubRequests.length).toBeGreaterThan(3)
    expect(hub.hubRequests.every(({ token }) => token === 'hf_secret')).toBe(true)
    expect(hub.cdnRequests).toHaveLength(1)
    expect(hub.cdnRequests[0]?.token).toBeNull()
    expect(server?.output()).not.toContain('hf_secret')
  })

  it('lies in the cache as huggingface_hub lays it out', async () => {
    await waitUntilReady(await start())
    const commit = commitOf(model())
    expect(await readFile(join(cacheFolder(), 'refs', 'main'), 'utf8')).toBe(commit)
    const link = await readlink(join(cacheFolder(), 'snapshots', commit, 'onnx', 'model.onnx'))
    expect(link).toMatch(/^\.\.\/\.\.\/\.\.\/blobs\/[0-9a-f]{64}$/)
    expect((await readdir(join(cacheFolder(), 'blobs'))).every(name => /^[0-9a-f]{40,64}$/.test(name))).toBe(
      true,
    )
  })

  it('is loaded at the revision it was pinned to', async () => {
    const { 'config.json': config = '', ...rest } = filesOf(tokenClassifier())
    model().branches = { v2: { ...rest, 'config.json': String(config).replaceAll('B-LOC', 'B-CITY') } }
    const pinned = commitOf(model(), 'v2')
    const running = await start({ HF_REVISION: pinned })
    await waitUntilReady(running)
    expect((await ask(running.url, { inputs: TEXT })).body).toMatchObject([{ entity: 'B-CITY' }])
    // Nothing of another revision was so much as asked for.
    expect([...hub.hubRequests, ...hub.cdnRequests].every(({ path }) => path.includes(pinned))).toBe(true)
  })

  it('comes from the cache the second time, also when the Hub is down', async () => {
    await waitUntilReady(await start())
    await server?.stop()
    hub.cdnRequests.length = 0
    await waitUntilReady(await start())
    expect(hub.cdnRequests).toHaveLength(0)
    await server?.stop()
    const offline = await start({ HF_ENDPOINT: 'http://127.0.0.1:9' })
    await waitUntilReady(offline)
    expect(offline.output()).toContain('cannot be reached')
    expect((await ask(offline.url, { inputs: TEXT })).status).toBe(200)
  })

  it('tells its progress to /health while downloading', async () => {
    model().files = { ...model().files, 'onnx/model.onnx_data': new Uint8Array(32 * 1024 * 1024) }
    hub.faults.answer(503, { path: 'config.json' })
    const running = await start()
    const seen: { phase: string; message: string; progress: number | null }[] = []
    for (;;) {
      const response = await fetch(`${running.url}/health`)
      if (response.status === 200) break
      seen.push((await response.json()) as (typeof seen)[number])
    }
    const downloading = seen.filter(({ phase, progress }) => phase === 'downloading' && progress !== null)
    expect(downloading.length).toBeGreaterThan(0)
    expect(downloading.every(({ progress }) => progress !== null && progress >= 0 && progress <= 1)).toBe(
      true,
    )
    expect(downloading.at(-1)?.message).toMatch(/Download(ing|ed) .*, \d+ % of/)
  })
})

describe('a Hub that fails', () => {
  it('is asked again when it is busy, and a broken download goes on where it broke', async () => {
    hub.faults.answer(429, { path: '/api/models', count: 2 })
    hub.faults.cutAfter(500, 'model.onnx')
    const running = await start()
    await waitUntilReady(running)
    expect(hub.cdnRequests).toHaveLength(2)
    expect((await ask(running.url, { inputs: TEXT })).status).toBe(200)
  })

  it('cannot slip in another content than it states', async () => {
    hub.faults.corrupt('model.onnx')
    expect(await failure()).toBe('onnx/model.onnx arrived with another content than the Hub states.')
    expect((await readdir(join(cacheFolder(), 'blobs'))).some(name => name.includes('incomplete'))).toBe(
      false,
    )
  })

  it('is named when it cannot be reached', async () => {
    expect(await failure({ HF_ENDPOINT: 'http://127.0.0.1:9' })).toMatch(
      /^http:\/\/127\.0\.0\.1:9 cannot be reached/,
    )
  })
})

describe('a repository that cannot be served says why', () => {
  it('gated, with and without a token', async () => {
    model().gated = 'auto'
    expect(await failure()).toContain(`${ID} is gated. Accept its terms at ${hub.url}/${ID} and set HF_TOKEN`)
    await server?.stop()
    expect(await failure({ HF_TOKEN: 'hf_stranger' })).toContain('the given HF_TOKEN has no access to it')
    await server?.stop()
    model().allowedTokens = ['hf_friend']
    await waitUntilReady(await start({ HF_TOKEN: 'hf_friend' }))
  })

  it('missing or private', async () => {
    expect(await failure({ HF_MODEL_ID: 'acme/nothing' })).toContain('There is no model acme/nothing')
  })

  it('without the revision', async () => {
    expect(await failure({ HF_REVISION: 'v9' })).toBe(`${ID} has no revision "v9".`)
  })

  it('without ONNX weights, and without those its architecture needs', async () => {
    const { 'onnx/model.onnx': graph = '', ...rest } = filesOf(tokenClassifier())
    model().files = { ...rest, 'model.safetensors': 'weights' }
    expect(await failure()).toContain(
      'No ONNX weights: this server runs ONNX models and needs onnx/model.onnx.',
    )
    await server?.stop()
    model().files = { ...rest, 'onnx/encoder.onnx': graph }
    expect(await failure()).toContain('needs onnx/model.onnx; found onnx/encoder.onnx.')
    await server?.stop()
    model().files = { ...rest, 'onnx/model_quantized.onnx': graph }
    const running = await start()
    await waitUntilReady(running)
    expect(running.output()).toContain('q8 weights')
  })

  it('that would write outside of its folder', async () => {
    model().files = { ...model().files, '../../../evil.json': '{}' }
    await waitUntilReady(await start())
    expect(await readdir(home)).toEqual(['hub'])
  })
})
