import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** What a replica received: nothing of a caller's credentials may be in here. */
export type Received = {
  method: string
  url: string
  headers: Record<string, string | string[] | undefined>
  bodyBytes: number
  body: string
}

type Handler = (req: IncomingMessage, res: ServerResponse, body: Buffer) => void | Promise<void>

/**
 * A replica whose behaviour the test chooses by path: `/echo` says what it received; `/status/<code>`,
 * `/wait/<ms>`, `/stream/<chunks>/<ms between>`, `/silent`, `/hold` (until
 * `release`), `/steps` (by `step`), `/hang-up`, `/html`, `/usage`, `/cookie`.
 */
export class EchoReplica {
  readonly received: Received[] = []
  /** Requests whose caller left before their answer. */
  aborted = 0
  /** Bytes of bodies so far, also of those still being sent. */
  bytesSoFar = 0
  private held: ServerResponse[] = []
  private stepping: ServerResponse | null = null
  private readonly server = createServer((req, res) => void this.handle(req, res))
  private port = 0

  async start(port = 0): Promise<this> {
    this.server.listen(port, '127.0.0.1')
    await once(this.server, 'listening')
    const address = this.server.address()
    if (typeof address !== 'object' || !address) throw new Error('The echo replica has no port.')
    this.port = address.port
    return this
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Answers what was held. */
  release(): void {
    for (const res of this.held.splice(0)) json(res, 200, { held: true })
  }

  /** Writes a piece of the answer to `/steps`; null ends it. */
  step(piece: string | null): void {
    if (piece === null) this.stepping?.end()
    else this.stepping?.write(piece)
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return
    this.server.close()
    this.server.closeAllConnections()
    await once(this.server, 'close')
  }

  private async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    res.on('close', () => {
      if (!res.writableFinished) this.aborted++
    })
    const url = req.url ?? '/'
    if (url.startsWith('/early')) {
      // Answers before it has read the body, as servers do that refuse one.
      res.writeHead(422, { 'content-type': 'application/json' }).end('{"error":"early"}')
      return
    }
    const chunks: Buffer[] = []
    try {
      for await (const chunk of req) {
        this.bytesSoFar += chunk.length
        chunks.push(chunk)
      }
    } catch {
      return
    }
    const body = Buffer.concat(chunks)
    this.received.push({
      method: req.method ?? '',
      url,
      headers: req.headers,
      bodyBytes: body.length,
      body: body.toString().slice(0, 10_000),
    })
    await this.answer(url)(req, res, body)
  }

  private answer(url: string): Handler {
    const [, name = '', ...args] = url.split(/[/?]/)
    const [first, second] = args.map(Number)
    switch (name) {
      case 'status':
        return (_, res) => json(res, first ?? 200, { status: first })
      case 'wait':
        return (_, res) => void setTimeout(() => json(res, 200, { waited: first }), first)
      case 'stream':
        return (_, res) => stream(res, first ?? 3, second ?? 10)
      case 'hold':
        return (_, res) => void this.held.push(res)
      case 'steps':
        return (_, res) => {
          this.stepping = res.writeHead(200, { 'content-type': 'text/event-stream' })
          res.flushHeaders()
        }
      case 'silent':
        return () => {}
      case 'hang-up':
        return req => void req.socket.destroy()
      case 'break-off':
        return (req, res) => {
          res.writeHead(200, { 'content-length': '1000' })
          res.write('partial', () => req.socket.destroy())
        }
      case 'html':
        return (_, res) => void res.writeHead(200, { 'content-type': 'text/html' }).end('<script>1</script>')
      case 'cookie':
        return (_, res) => json(res.setHeader('Set-Cookie', ['a=1', 'b=2']), 200, {})
      case 'large':
        return (_, res) =>
          void res.writeHead(200, { 'content-length': first }).end(Buffer.alloc(first ?? 0, 'x'))
      case 'usage':
        return (_, res) => json(res, 200, { usage: { prompt_tokens: 7, completion_tokens: 11 } })
      default:
        return (req, res, body) =>
          json(res, 200, { method: req.method, url, headers: req.headers, body: body.toString() })
    }
  }
}

function json(res: ServerResponse, status: number, content: unknown): void {
  const body = Buffer.from(JSON.stringify(content))
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
}

/** An event stream whose last event states token usage. */
async function stream(res: ServerResponse, chunks: number, intervalMs: number): Promise<void> {
  res.writeHead(200, { 'content-type': 'text/event-stream' })
  res.flushHeaders()
  for (let i = 0; i < chunks && !res.destroyed; i++) {
    await new Promise(resolve => setTimeout(resolve, intervalMs))
    res.write(`data: {"i":${i}}\n\n`)
  }
  res.end('data: {"usage":{"prompt_tokens":3,"completion_tokens":5}}\n\ndata: [DONE]\n\n')
}
