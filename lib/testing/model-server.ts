import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type TinyModel, writeModel } from './models/folder'
import { bundleForTests } from './programs'

/** Loading the library alone takes many seconds on a machine that runs other tests. */
const READY_TIMEOUT_MS = 90_000

/** A model server as its own process, from the current sources. */
export type RunningModelServer = {
  url: string
  process: ChildProcess
  /** Everything it wrote to both streams so far. */
  output: () => string
  /** Resolves to its exit code and signal. */
  exited: Promise<{ code: number | null; signal: string | null }>
  stop: () => Promise<void>
}

/** Starts one and waits until it listens; `waitUntilReady` waits for the model. */
export async function startModelServer(environment: Record<string, string>): Promise<RunningModelServer> {
  const dist = await bundleForTests(['model-server'])
  const folder = await mkdtemp(join(tmpdir(), 'slipway-model-server-'))
  const portFile = join(folder, 'port')
  const child = spawn(process.execPath, [join(dist, 'model-server.mjs')], {
    env: {
      PATH: process.env.PATH ?? '',
      HF_HOME: join(folder, 'home'),
      SLIPWAY_PORT_FILE: portFile,
      ...environment,
      NODE_ENV: 'test',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (text += String(chunk)))
  const exited = once(child, 'exit').then(([code, signal]) => ({ code, signal }))
  const port = await waitForPort(portFile, exited, () => text)
  const stop = async () => {
    child.kill('SIGKILL')
    await exited
    await rm(folder, { recursive: true, force: true })
  }
  return { url: `http://127.0.0.1:${port}`, process: child, output: () => text, exited, stop }
}

async function waitForPort(path: string, exited: Promise<unknown>, output: () => string): Promise<number> {
  let isOver = false
  void exited.then(() => {
    isOver = true
  })
  const deadline = Date.now() + READY_TIMEOUT_MS
  while (Date.now() < deadline) {
    const content = await readFile(path, 'utf8').catch(() => '')
    if (content) return Number(content)
    if (isOver) break
    await sleep(20)
  }
  throw new Error(`The model server did not listen:\n${output()}`)
}

export async function waitUntilReady(server: RunningModelServer): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS
  while (Date.now() < deadline) {
    const response = await fetch(`${server.url}/health`).catch(() => null)
    if (response?.status === 200) return
    await sleep(30)
  }
  throw new Error(`The model server did not become ready:\n${server.output()}`)
}

/** Writes a tiny model to a folder of its own, serves it for a task, and waits until it is ready. */
export async function serveTinyModel(
  task: string,
  model: TinyModel,
  environment: Record<string, string> = {},
): Promise<RunningModelServer> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-tiny-model-'))
  await writeModel(folder, model)
  const server = await startModelServer({ HF_TASK: task, HF_MODEL_DIR: folder, ...environment })
  await waitUntilReady(server)
  const stop = async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  return { ...server, stop }
}

/** POSTs JSON and reads the answer. */
export async function ask(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: unknown; headers: Headers }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, body: JSON.parse(text), headers: response.headers }
}
