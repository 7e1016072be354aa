import { linesOf } from '@/lib/domain/logs/batch'
import type { LogLine } from '@/lib/domain/logs/line'
import { isBatch, parseMessage } from '@/lib/domain/logs/message'
import type { RouteHandler } from '@/lib/server/http/route'

export type StreamAddress = { team: string; endpoint: string; token: string }

/** A browser's part: follows the stream with `Last-Event-ID` and keeps every line it was given. */
export class LogReader {
  readonly lines: LogLine[] = []
  readonly statuses: number[] = []
  heartbeats = 0
  /** How often it was told that nothing more will come. */
  ends = 0
  private lastId: string | null

  constructor(
    private readonly route: RouteHandler,
    private readonly address: StreamAddress,
    after: number | null = 0,
  ) {
    this.lastId = after === null ? null : String(after)
  }

  /** Reads until the stream ends or the signal; `onChunk` may be slow, as a reader that is paused. */
  async read(signal: AbortSignal, onChunk: () => Promise<void> = async () => {}): Promise<void> {
    const { team, endpoint, token } = this.address
    const headers: Record<string, string> = { authorization: `Bearer ${token}` }
    if (this.lastId !== null) headers['last-event-id'] = this.lastId
    const request = new Request(`http://localhost/api/teams/${team}/endpoints/${endpoint}/logs/stream`, {
      headers,
      signal,
    })
    const response = await this.route(request, { params: Promise.resolve({ team, endpoint }) })
    this.statuses.push(response.status)
    if (response.status !== 200 || !response.body) return
    await this.readFrom(response.body.getReader(), signal, onChunk)
  }

  /** Reads on from a stream that is open. */
  async readFrom(
    reader: ReadableStreamDefaultReader<Uint8Array>,
    signal: AbortSignal,
    onChunk: () => Promise<void> = async () => {},
  ): Promise<void> {
    const left = new Promise<'left'>(resolve => signal.addEventListener('abort', () => resolve('left')))
    try {
      for (;;) {
        const next = await Promise.race([reader.read(), left])
        if (next === 'left' || next.done) return
        this.take(new TextDecoder().decode(next.value))
        await onChunk()
      }
    } finally {
      await reader.cancel().catch(() => {})
    }
  }

  /** One event per chunk, as the route writes them. */
  private take(text: string): void {
    const id = /^id: (\d+)$/m.exec(text)?.[1]
    const data = /^data: (.*)$/m.exec(text)?.[1]
    if (text.startsWith(':')) this.heartbeats += 1
    if (data) {
      const message = parseMessage(data)
      if (isBatch(message)) this.lines.push(...linesOf(message))
      else if (message.type === 'end') this.ends += 1
    }
    if (id) this.lastId = id
  }
}
