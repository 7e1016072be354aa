import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpAnswer, HttpCall } from './moto'

const STUB = resolve('lib/testing/stub-model-server.mjs')
/** What a caller of a real container may hand through as well; it tells the stub what to do. */
const ATTRIBUTES = 'x-amzn-sagemaker-custom-attributes'
const LOOK_MS = 25

/** What an instance runs, from its model's environment. */
export type Program = { script: string; environment: Readonly<Record<string, string | undefined>> }
export type Containers = (environment: Readonly<Record<string, string>>) => Program

/** As it does as it is told. */
export const stubContainers: Containers = environment => ({ script: STUB, environment })

export type WriteLine = (line: { timestamp: number; message: string }) => void

/** One instance of an endpoint: a real process. */
export class Instance {
  readonly id = `i-${randomUUID().slice(0, 12)}`
  readonly #folder: string
  readonly #child: ChildProcess
  readonly #isRead: Promise<unknown>

  private constructor(folder: string, { script, environment }: Program, write: WriteLine) {
    this.#folder = folder
    this.#child = spawn(process.execPath, [script], {
      env: {
        ...(environment as NodeJS.ProcessEnv),
        HOST: '127.0.0.1',
        PORT: '0',
        SLIPWAY_PORT_FILE: this.#portFile,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    process.once('exit', this.#kill)
    const { stdout, stderr } = this.#child
    this.#isRead = Promise.all([stdout, stderr].map(stream => stream && readLines(stream, write)))
  }

  static async start(program: Program, write: WriteLine): Promise<Instance> {
    return new Instance(await mkdtemp(join(tmpdir(), 'slipway-aws-')), program, write)
  }

  get isLiving(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** False when it ended before it was ready. */
  async isReady(): Promise<boolean> {
    while (this.isLiving) {
      if (existsSync(this.#portFile) && (await this.#isHealthy())) return true
      await sleep(LOOK_MS)
    }
    return false
  }

  /** What SageMaker's own front does: everything goes to the container, with the caller's attributes. */
  invoke = async (call: HttpCall): Promise<HttpAnswer> => {
    const answer = await this.open(call)
    const type = answer.headers.get('content-type') ?? 'application/json'
    const body = Buffer.from(await answer.arrayBuffer())
    return { status: answer.status, headers: { 'content-type': type }, body }
  }

  /** The same, with an answer to be read as it comes. */
  open = ({ headers, body }: HttpCall): Promise<Response> =>
    this.call(headers[ATTRIBUTES] ?? '/', {
      method: 'POST',
      headers: { 'content-type': headers['content-type'] ?? 'application/json' },
      body: new Uint8Array(body),
    })

  /** Resolves when all it said is written. */
  async stop(): Promise<void> {
    const gone = this.isLiving ? once(this.#child, 'exit') : null
    this.#kill()
    await gone
    await this.#isRead
    process.off('exit', this.#kill)
    await rm(this.#folder, { recursive: true, force: true })
  }

  get #portFile(): string {
    return join(this.#folder, 'port')
  }

  #kill = (): void => {
    if (this.isLiving) this.#child.kill('SIGKILL')
  }

  #isHealthy = (): Promise<boolean> =>
    this.call('/health', {}).then(
      ({ ok }) => ok,
      () => false,
    )

  /** Any route of the container. */
  call(path: string, init: RequestInit): Promise<Response> {
    return fetch(`http://127.0.0.1:${readFileSync(this.#portFile, 'utf8')}${path}`, init)
  }
}

async function readLines(input: Readable, write: WriteLine): Promise<void> {
  for await (const message of createInterface({ input })) write({ timestamp: Date.now(), message })
}
