import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import AdmZip from 'adm-zip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEMO_KINDS, type DemoKind } from '@/lib/domain/demo/demo'
import { demoFiles } from '@/lib/domain/demo/demo-files'
import { SAMPLE_MODEL, SAMPLE_MODEL_DIR } from '@/lib/domain/endpoint/sample'
import { TASKS, type Task } from '@/lib/domain/endpoint/task'
import { makePerson, makeTeam, makeToken, type TestTeam } from '@/lib/testing/access'
import { testDatabase } from '@/lib/testing/database'
import { GatewayProcess } from '@/lib/testing/gateway'
import {
  type RunningModelServer,
  serveTinyModel,
  startModelServer,
  waitUntilReady,
} from '@/lib/testing/model-server'
import { storyteller } from '@/lib/testing/models/generation-models'
import { hasPython, pinnedPython } from '@/lib/testing/pinned-python'
import { insertServingEndpoint, type TestEndpoint } from '@/lib/testing/serving-endpoint'
import { codeOf, expectOk } from '@/lib/testing/specs'
import { downloadDemo } from './download-demo'

const run = promisify(execFile)
const SCRIPTS = resolve('lib/testing/demo')
const database = testDatabase()
let folder: string
let team: TestTeam
let viewer: Awaited<ReturnType<typeof makePerson>>
let stranger: Awaited<ReturnType<typeof makePerson>>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-demo-'))
  team = await makeTeam(database.db)
  viewer = await makePerson(database.db, team, 'viewer')
  stranger = await makePerson(database.db, await makeTeam(database.db), 'owner')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function writeApp(kind: DemoKind, task: Task, url: string): Promise<string> {
  const place = await mkdtemp(join(folder, `${kind}-${task}-`))
  const demo = { name: 'it’s "quoted" \\', url, task, security: 'protected' as const, model: 'acme/model' }
  for (const { path, text } of demoFiles(kind, demo)) await writeFile(join(place, path), text)
  return place
}

describe('a demo to download', () => {
  let endpoint: TestEndpoint
  beforeAll(async () => {
    endpoint = await insertServingEndpoint(database.db, team)
  })

  it('is a zip of an app, what it needs and a README; whoever sees the endpoint may have it', async () => {
    const ask = { team: team.slug, endpoint: endpoint.name, kind: 'streamlit' as const }
    const { fileName, zip } = expectOk(await downloadDemo(viewer.ctx, ask))
    expect(fileName).toBe(`${endpoint.name}-streamlit.zip`)
    const entries = new AdmZip(Buffer.from(zip)).getEntries()
    expect(entries.map(({ entryName }) => entryName).sort()).toEqual(
      ['Dockerfile', 'README.md', 'app.py', 'requirements.txt'].map(
        path => `${endpoint.name}-streamlit/${path}`,
      ),
    )
    expect(
      entries
        .find(({ name }) => name === 'app.py')
        ?.getData()
        .toString(),
    ).toContain(`/${team.slug}/${endpoint.name}"`)
    expect(codeOf(await downloadDemo(stranger.ctx, ask))).toBe('not_found')
  })
})

describe.runIf(hasPython())('the generated Python', () => {
  it('parses, for every task', async () => {
    const apps = await Promise.all(
      DEMO_KINDS.flatMap(kind => TASKS.map(task => writeApp(kind, task, 'http://127.0.0.1:1/a/b'))),
    )
    await run('python3', ['-m', 'py_compile', ...apps.map(app => join(app, 'app.py'))])
  })
})

describe.runIf(hasPython())('the generated apps, run by Gradio and Streamlit themselves', () => {
  let python: string
  let gateway: GatewayProcess
  let token: string
  let servers: { classifier: RunningModelServer; writer: RunningModelServer }
  const url = { classifier: '', writer: '' }

  beforeAll(async () => {
    python = await pinnedPython('slipway-demo-1', join(SCRIPTS, 'requirements.txt'))
    const classifier = await startModelServer({ HF_TASK: SAMPLE_MODEL.task, HF_MODEL_DIR: SAMPLE_MODEL_DIR })
    servers = { classifier, writer: await serveTinyModel('text-generation', storyteller()) }
    await waitUntilReady(classifier)
    const { db } = database
    token = (await makeToken(db, team, await makePerson(db, team), 'infer')).text
    const classify = await insertServingEndpoint(db, team, { replicas: [classifier.url] })
    const write = await insertServingEndpoint(db, team, { replicas: [servers.writer.url] })
    gateway = await new GatewayProcess(database.url).start()
    url.classifier = `${gateway.url}${classify.path}`
    url.writer = `${gateway.url}${write.path}`
  }, 400_000)
  afterAll(async () => {
    await gateway?.dispose()
    await Promise.all([servers?.classifier.stop(), servers?.writer.stop()])
  })

  const use = async (script: string, app: string, inputs: unknown[], secret: string, route?: string) => {
    const args = [join(SCRIPTS, script), app, ...(route ? [route] : []), JSON.stringify(inputs)]
    const quiet = { GRADIO_ANALYTICS_ENABLED: 'False', HF_HUB_OFFLINE: '1', HOME: folder }
    const env = { NODE_ENV: 'test' as const, PATH: process.env.PATH ?? '', SLIPWAY_TOKEN: secret, ...quiet }
    const { stdout } = await run(python, args, { env })
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  }

  it('Gradio shows a classifier’s labels, and says so when the token is refused', async () => {
    const app = await writeApp('gradio', 'text-classification', url.classifier)
    const seen = await use('run_gradio.py', app, [SAMPLE_MODEL.exampleInput], token, '/predict')
    expect(seen).toMatchObject({
      result: [{ label: 'positive' }, [{ label: 'positive', score: expect.any(Number) }]],
    })
    const refused = await use('run_gradio.py', app, ['hello'], 'slip_wrong', '/predict')
    expect(refused.error).toContain('set SLIPWAY_TOKEN')
  }, 240_000)

  it('Gradio chats, piece by piece', async () => {
    const app = await writeApp('gradio', 'text-generation', url.writer)
    const seen = await use('run_gradio.py', app, ['the ship'], token, '/chat')
    expect(seen).toMatchObject({ result: expect.stringMatching(/\w/) })
    expect(seen.pieces).toBeGreaterThan(1)
  }, 240_000)

  it('Streamlit shows a classifier’s labels, chats, and says what is refused', async () => {
    const app = await writeApp('streamlit', 'text-classification', url.classifier)
    const seen = await use('run_streamlit.py', app, [SAMPLE_MODEL.exampleInput], token)
    expect(seen).toMatchObject({ errors: [], json: [[{ label: 'positive', score: expect.any(Number) }]] })
    const refused = await use('run_streamlit.py', app, ['hello'], '')
    expect(refused.errors).toEqual([expect.stringContaining('set SLIPWAY_TOKEN')])
    const chat = await writeApp('streamlit', 'text-generation', url.writer)
    const said = await use('run_streamlit.py', chat, ['the ship'], token)
    expect(said).toMatchObject({ errors: [], markdown: ['the ship', expect.stringMatching(/\w/)] })
  }, 240_000)
})
