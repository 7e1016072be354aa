import { Worker } from 'node:worker_threads'
import type { EngineEvent, EngineRequest, EngineStart, Outcome } from './protocol'

type Waiting = { onPart: (part: unknown) => void; settle: (outcome: Outcome) => void }

export type EngineListener = {
  onProgress(event: Extract<EngineEvent, { kind: 'progress' }>): void
  onLoaded(description: string): void
  /** The model cannot be loaded, or the thread died: nothing more will be answered. */
  onFailed(message: string): void
}

/** The engine thread as seen from the server: one job at a time, each of which can be cancelled. */
export class Engine {
  readonly #worker: Worker
  readonly #cancel = new SharedArrayBuffer(4)
  readonly #waiting = new Map<number, Waiting>()
  #nextJob = 1
  #stopping = false

  constructor(script: URL, start: Omit<EngineStart, 'cancel'>, listener: EngineListener) {
    const workerData: EngineStart = { ...start, cancel: this.#cancel }
    this.#worker = new Worker(script, { workerData })
    this.#worker.on('message', (event: EngineEvent) => this.#receive(event, listener))
    this.#worker.on('error', error => this.#die(`The engine thread failed: ${error.message}`, listener))
    this.#worker.on('exit', code => this.#die(`The engine thread ended with code ${code}.`, listener))
  }

  /** Asks the model; `onPart` gets what is streamed. The signal stops a generation at its next token. */
  run(input: unknown, signal: AbortSignal, onPart: (part: unknown) => void): Promise<Outcome> {
    const job = this.#nextJob++
    const stop = () => Atomics.store(new Int32Array(this.#cancel), 0, job)
    signal.addEventListener('abort', stop, { once: true })
    return new Promise<Outcome>(resolve => {
      this.#waiting.set(job, { onPart, settle: resolve })
      this.#worker.postMessage({ job, input } satisfies EngineRequest)
    }).finally(() => signal.removeEventListener('abort', stop))
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await this.#worker.terminate()
  }

  #receive(event: EngineEvent, listener: EngineListener): void {
    if (event.kind === 'progress') listener.onProgress(event)
    else if (event.kind === 'loaded') listener.onLoaded(event.description)
    else if (event.kind === 'failed') listener.onFailed(event.message)
    else if (event.kind === 'part') this.#waiting.get(event.job)?.onPart(event.part)
    else {
      this.#waiting.get(event.job)?.settle(event.outcome)
      this.#waiting.delete(event.job)
    }
  }

  #die(message: string, listener: EngineListener): void {
    if (this.#stopping) return
    this.#stopping = true
    for (const { settle } of this.#waiting.values()) settle({ ok: false, message, stack: message })
    this.#waiting.clear()
    listener.onFailed(message)
  }
}
