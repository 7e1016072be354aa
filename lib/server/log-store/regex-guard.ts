import { Worker } from 'node:worker_threads'

/** A person's expression may take for ever on some text; this is how long one block of lines may take. */
const LIMIT_MS = 2_000

// Runs in a thread of its own from this text: it needs nothing of ours, and so no file of its own in the bundle. It
// says when it begins: on a busy machine a thread may be long in starting, and that is not the expression's fault.
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads')
const expression = new RegExp(workerData.source, workerData.flags)
parentPort.on('message', texts => {
  parentPort.postMessage('begun')
  parentPort.postMessage(texts.map(text => expression.test(text)))
})
`

export class RegexTooSlow extends Error {
  override readonly name = 'RegexTooSlow'
  constructor() {
    super('This expression takes too long on these lines. Make it more specific.')
  }
}

/** Tests texts against an expression in a thread that is stopped when it takes too long. */
export class RegexGuard {
  private worker: Worker | undefined

  constructor(
    private readonly source: string,
    private readonly flags: string,
  ) {}

  /** @throws RegexTooSlow */
  test(texts: readonly string[]): Promise<boolean[]> {
    if (texts.length === 0) return Promise.resolve([])
    const worker = this.worker ?? this.start()
    return new Promise((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout> | undefined
      const done = () => {
        clearTimeout(timer)
        worker.off('message', onMessage)
        worker.off('error', onError)
      }
      const onMessage = (answer: 'begun' | boolean[]) => {
        if (answer === 'begun') timer = setTimeout(giveUp, LIMIT_MS)
        else {
          done()
          resolve(answer)
        }
      }
      const onError = (error: Error) => {
        done()
        reject(error)
      }
      const giveUp = () => {
        done()
        void this.close()
        reject(new RegexTooSlow())
      }
      worker.on('message', onMessage)
      worker.on('error', onError)
      worker.postMessage(texts)
    })
  }

  async close(): Promise<void> {
    await this.worker?.terminate()
    this.worker = undefined
  }

  private start(): Worker {
    this.worker = new Worker(PROGRAM, {
      eval: true,
      workerData: { source: this.source, flags: this.flags },
      resourceLimits: { maxOldGenerationSizeMb: 128 },
    })
    this.worker.unref()
    return this.worker
  }
}
