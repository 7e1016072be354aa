import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { isSameProcess, type ProcessIdentity, processStartTime } from '@/lib/server/process-identity'
import { findLaunched, fingerprintOf, removeLaunchRecord, writeLaunchRecord } from './launch-record'
import { createEcho } from './log-echo'
import { ProgramLog } from './program-log'
import { StartFailure } from './start-failure'
import { done, echo } from './terminal'

export type ProgramDefinition = {
  name: string
  /** Arguments of Node.js: script first. */
  args: readonly string[]
  environment: NodeJS.ProcessEnv
  /** Where it listens; 0 where it chooses by itself. */
  port: number
  /** Files whose change makes a running process outdated. */
  codeFiles: readonly string[]
  isReady: (process: ProcessIdentity) => Promise<boolean>
  /** How long it may take to finish what it started after SIGTERM. */
  stopTimeoutMs: number
  /** Ends it for a replacement; the controller must then leave replicas alone. */
  replaceSignal: NodeJS.Signals
}

const READY_TIMEOUT_MS = 90_000
const POLL_MS = 250
const BACKOFF_START_MS = 500
const BACKOFF_LIMIT_MS = 30_000
/** Ran this long: the next crash is a new story and starts with the short wait. */
const STEADY_MS = 60_000

/**
 * One program: started or adopted, watched, started again when it dies. Each is a process group of its own, so a
 * Ctrl-C at the terminal reaches the supervisor alone.
 */
export class Program {
  #identity: ProcessIdentity | null = null
  #child: ChildProcess | null = null
  #log: ProgramLog
  #stopping = false
  #startedAt = 0
  #backoffMs = BACKOFF_START_MS
  #fingerprint: string
  #watching: Promise<void> | null = null

  constructor(
    private readonly definition: ProgramDefinition,
    private readonly dataDir: string,
  ) {
    this.#log = new ProgramLog(dataDir, definition.name, createEcho(definition.name))
    this.#fingerprint = fingerprintOf(definition.codeFiles, definition.environment)
  }

  get name(): string {
    return this.definition.name
  }

  /** Resolves when it answers; from then on it is kept running until `stop`. */
  async start(signal: AbortSignal): Promise<void> {
    const startedAt = performance.now()
    const adopted = await this.#adopt()
    if (!adopted) {
      this.#launch()
      await this.#waitForFirstAnswer(signal)
    }
    const how = adopted ? 'adopted' : `started (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`
    done(`${this.name} ${how}`)
    this.#watching = this.#watch()
  }

  /** SIGTERM, patience, SIGKILL to the group. Resolves when the process is gone. */
  async stop(): Promise<void> {
    this.#stopping = true
    await this.#end('SIGTERM', this.definition.stopTimeoutMs)
    await this.#watching
    this.#log.close()
  }

  kill(): void {
    this.#stopping = true
    this.#signal('SIGKILL')
  }

  async #adopt(): Promise<boolean> {
    const left = findLaunched(this.dataDir, this.name)
    if (!left) return false
    this.#identity = left
    if (left.fingerprint === this.#fingerprint && (await this.definition.isReady(left))) {
      this.#startedAt = Date.now()
      return true
    }
    await this.#end(this.definition.replaceSignal, this.definition.stopTimeoutMs)
    return false
  }

  #launch(): void {
    const child = spawn(process.execPath, [...this.definition.args], {
      env: this.definition.environment,
      detached: true,
      stdio: ['ignore', this.#log.fd, this.#log.fd],
    })
    child.on('error', error => echo(this.name, 'error', `could not be started: ${error.message}`))
    child.unref()
    this.#child = child
    this.#startedAt = Date.now()
    const startTime = child.pid === undefined ? null : processStartTime(child.pid)
    this.#identity = child.pid === undefined || startTime === null ? null : { pid: child.pid, startTime }
    if (this.#identity)
      writeLaunchRecord(this.dataDir, this.name, {
        ...this.#identity,
        fingerprint: this.#fingerprint,
        port: this.definition.port,
      })
  }

  async #waitForFirstAnswer(signal: AbortSignal): Promise<void> {
    const deadline = Date.now() + READY_TIMEOUT_MS
    for (;;) {
      if (!this.#isAlive()) throw this.#failure(`The ${this.name} ended while it was starting`)
      if (this.#identity && (await this.definition.isReady(this.#identity))) return
      if (Date.now() > deadline)
        throw this.#failure(`The ${this.name} gave no answer within ${READY_TIMEOUT_MS / 1000} s`)
      await sleep(POLL_MS, undefined, { signal })
    }
  }

  #failure(what: string): StartFailure {
    const lines = this.#log.lastLines(12).map(line => `  ${line}`)
    return new StartFailure(`${what}. The end of ${this.#log.path}:\n${lines.join('\n')}`)
  }

  async #watch(): Promise<void> {
    while (!this.#stopping) {
      await sleep(POLL_MS)
      if (this.#isAlive() || this.#stopping) continue
      if (Date.now() - this.#startedAt > STEADY_MS) this.#backoffMs = BACKOFF_START_MS
      const waitMs = this.#backoffMs
      this.#backoffMs = Math.min(waitMs * 2, BACKOFF_LIMIT_MS)
      echo(
        this.name,
        'error',
        `stopped unexpectedly${this.#exitText()}; starting it again in ${waitMs / 1000} s.`,
      )
      for (let waited = 0; waited < waitMs && !this.#stopping; waited += POLL_MS) await sleep(POLL_MS)
      if (!this.#stopping) this.#launch()
    }
  }

  #exitText(): string {
    if (this.#child?.signalCode) return ` (${this.#child.signalCode})`
    return typeof this.#child?.exitCode === 'number' ? ` (exit code ${this.#child.exitCode})` : ''
  }

  #isAlive(): boolean {
    return this.#identity !== null && isSameProcess(this.#identity)
  }

  async #end(signal: NodeJS.Signals, timeoutMs: number): Promise<void> {
    this.#signal(signal)
    const deadline = Date.now() + timeoutMs
    while (this.#isAlive() && Date.now() < deadline) await sleep(50)
    this.#signal('SIGKILL')
    while (this.#isAlive()) await sleep(20)
    removeLaunchRecord(this.dataDir, this.name)
  }

  /** To the process itself; SIGKILL to its whole group, which for all programs holds nothing but their own. */
  #signal(signal: NodeJS.Signals): void {
    if (!this.#identity || !this.#isAlive()) return
    process.kill(signal === 'SIGKILL' ? -this.#identity.pid : this.#identity.pid, signal)
  }
}
