import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

/** One run of a program: what it printed, and how it ended. */
export class Started {
  output = ''
  readonly #child: ChildProcess

  constructor(cwd: string, script: string, args: string[], environment: Record<string, string>) {
    this.#child = spawn(process.execPath, [script, ...args], {
      cwd,
      env: { NODE_ENV: 'production', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', chunk => {
        this.output += String(chunk)
      })
  }

  /** Waits until it printed this; fails with its output when it ends or takes too long. */
  async says(pattern: RegExp, timeoutMs = 60_000): Promise<RegExpExecArray> {
    const deadline = Date.now() + timeoutMs
    for (;;) {
      const found = pattern.exec(this.output)
      if (found) return found
      if (this.#child.exitCode !== null || Date.now() > deadline)
        throw new Error(`It never said ${pattern}. It said:\n${this.output}`)
      await sleep(20)
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** The exit code; null after a signal. */
  async ended(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'close')
    return this.#child.exitCode
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    this.signal('SIGTERM')
    await this.ended()
  }
}
