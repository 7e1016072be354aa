import type { Exchange } from './exchange'

/**
 * Server-Sent Events on a response. Headers go out with the first event, so that whatever fails before it is still an
 * ordinary error with its own status.
 */
export class EventStream {
  #started = false

  constructor(readonly exchange: Exchange) {}

  get started(): boolean {
    return this.#started
  }

  /** One event; `value` is sent as JSON unless it is text. */
  send(value: unknown, separator = ': '): void {
    const { response } = this.exchange
    if (response.destroyed) return
    if (!this.#started) {
      this.#started = true
      response.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-cache',
        'X-Accel-Buffering': 'no',
      })
    }
    const data = typeof value === 'string' ? value : JSON.stringify(value)
    const frame = `data${separator}${data}\n\n`
    this.exchange.bytesOut += Buffer.byteLength(frame)
    response.write(frame)
  }

  end(): void {
    this.exchange.response.end()
  }
}
