import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { type Refusal, refusal } from './refusal'

/**
 * Bodies with a declared length up to this are read before they are sent on: they arrive with their headers anyway,
 * leave in one write, and can be sent again when a replica refuses the connection.
 */
const HELD_BYTES = 64 * 1024

export type BodyPlan =
  | { kind: 'none' }
  | { kind: 'held'; length: number }
  /** `length` is null where the client sends chunks. */
  | { kind: 'streamed'; length: number | null }
  | { kind: 'refused'; refusal: Refusal }

export const tooLarge = (limitBytes: number): Refusal =>
  refusal(413, `The request body is larger than the ${limitBytes} bytes this gateway accepts.`)

/** What is to be done with a request's body; the parser has made sure that length and chunks are not both given. */
export function planBody(headers: IncomingHttpHeaders, limitBytes: number): BodyPlan {
  const encoding = headers['transfer-encoding']
  if (encoding !== undefined) {
    if (encoding.toLowerCase() === 'chunked') return { kind: 'streamed', length: null }
    return { kind: 'refused', refusal: refusal(501, 'Of transfer encodings only chunked is understood.') }
  }
  const length = Number(headers['content-length'] ?? 0)
  if (length === 0) return { kind: 'none' }
  if (length > limitBytes) return { kind: 'refused', refusal: tooLarge(limitBytes) }
  return length <= HELD_BYTES ? { kind: 'held', length } : { kind: 'streamed', length }
}

/** Reads a body of known, small length. Never calls back when the client leaves before its end. */
export function holdBody(req: IncomingMessage, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = []
  req.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
  })
  req.on('end', () => {
    const [only] = chunks
    done(chunks.length === 1 && only ? only : Buffer.concat(chunks))
  })
}

/**
 * The body as a stream that reads from the client no faster than the replica takes, and ends with an error when it
 * grows beyond the limit. Nothing is read before its reader asks, so it can be offered to another replica when the
 * first refuses the connection.
 */
export class StreamedBody extends Readable {
  bytes = 0

  constructor(
    private readonly req: IncomingMessage,
    limitBytes: number,
    onTooLarge: () => void,
  ) {
    super()
    // Whoever reads hears of errors by the exchange; without a listener they would end the process.
    this.on('error', () => {})
    req.on('data', (chunk: Buffer) => {
      // After its end here what still comes is read and thrown away.
      if (this.destroyed) return
      this.bytes += chunk.length
      if (this.bytes > limitBytes) {
        this.destroy(new Error('The request body is too large.'))
        onTooLarge()
      } else if (!this.push(chunk)) req.pause()
    })
    req.pause()
    req.on('end', () => this.push(null))
    req.on('close', () => {
      if (!req.complete) this.destroy(new Error('The client left before its request was complete.'))
    })
  }

  override _read(): void {
    this.req.resume()
  }

  /** Its reader wants no more (a replica that answered early): the rest must not block the connection. */
  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.req.resume()
    done(error)
  }
}
