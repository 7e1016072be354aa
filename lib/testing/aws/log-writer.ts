import type { WriteLine } from './instance'
import type { Moto } from './moto'

/** Brings an instance's lines to the emulator's CloudWatch, in order, as SageMaker's agent does. */
export class LogWriter {
  #waiting: { timestamp: number; message: string }[] = []
  #work: Promise<void>

  constructor(
    private readonly moto: Moto,
    private readonly region: string,
    private readonly stream: { logGroupName: string; logStreamName: string },
  ) {
    this.#work = this.#open()
  }

  write: WriteLine = line => {
    this.#waiting.push(line)
    if (this.#waiting.length === 1) this.#work = this.#work.then(() => this.#put())
  }

  /** Resolves when everything is there. */
  flush = (): Promise<void> => this.#work

  async #open(): Promise<void> {
    const { logGroupName } = this.stream
    // Refused when it exists already, which is as well.
    await this.moto.ask(this.region, 'Logs_20140328.CreateLogGroup', { logGroupName })
    await this.moto.ask(this.region, 'Logs_20140328.CreateLogStream', this.stream)
  }

  async #put(): Promise<void> {
    const logEvents = this.#waiting
    this.#waiting = []
    const { status, json } = await this.moto.ask(this.region, 'Logs_20140328.PutLogEvents', {
      ...this.stream,
      logEvents,
    })
    if (status !== 200) throw new Error(`moto took no lines: ${JSON.stringify(json)}`)
  }
}
