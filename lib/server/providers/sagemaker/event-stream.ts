import type { EventStreamCodec } from '@smithy/core/event-streams'

const LENGTH_BYTES = 4
/** AWS's limit of one message is 16 MiB; more means that this is no such stream. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024 + 1024

/** The stream ended with an error that the model or SageMaker put into it. */
export class StreamFailure extends Error {
  override readonly name = 'StreamFailure'
}

/** Takes a response stream (`application/vnd.amazon.eventstream`) as it comes, gives what the model wrote. */
export class EventStreamReader {
  #rest: Buffer = Buffer.alloc(0)

  constructor(private readonly codec: EventStreamCodec) {}

  static async open(): Promise<EventStreamReader> {
    const { EventStreamCodec } = await import('@smithy/core/event-streams')
    const codec = new EventStreamCodec(
      bytes => Buffer.from(bytes).toString('utf8'),
      text => Buffer.from(text, 'utf8'),
    )
    return new EventStreamReader(codec)
  }

  /** @throws StreamFailure; Error when it is no event stream, by length or checksum. */
  read(chunk: Buffer): Buffer[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    const parts: Buffer[] = []
    for (let length = this.#nextLength(); length !== null; length = this.#nextLength()) {
      const part = this.#partOf(this.#rest.subarray(0, length))
      this.#rest = this.#rest.subarray(length)
      if (part.length > 0) parts.push(part)
    }
    return parts
  }

  /** Whether it ended within a message. */
  get isCut(): boolean {
    return this.#rest.length > 0
  }

  /** Of the next message when all of it is here. */
  #nextLength(): number | null {
    if (this.#rest.length < LENGTH_BYTES) return null
    const length = this.#rest.readUInt32BE(0)
    if (length > MAX_MESSAGE_BYTES) throw new Error('This is no event stream.')
    return this.#rest.length >= length ? length : null
  }

  #partOf(message: Buffer): Buffer {
    const { headers, body } = this.codec.decode(message)
    const text = (name: string) => String(headers[name]?.value ?? '')
    if (text(':message-type') === 'event') return Buffer.from(body)
    throw new StreamFailure(text(':exception-type') || text(':error-code') || 'InternalStreamFailure')
  }
}
