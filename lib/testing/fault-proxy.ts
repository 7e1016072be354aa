import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Answers } from './answers'

/**
 * What becomes of a call: `pass`; an answer of the proxy's own, which the server never hears of; or `lose`: the
 * server does what it was asked, and its answer is lost on the way.
 */
export type Fate = 'pass' | 'lose' | { status: number; error: string; headers?: Record<string, string> }

export type Call = { method: string; path: string }

/** Where a test says what becomes of calls, and sees which there were. */
export type Faults = {
  /** Decides about each call; set it per test. */
  fate: (call: Call) => Fate
  /** `POST /v2/…`, in order. */
  calls: string[]
  reset: () => void
}

/** An HTTP server on a free port whose tests say what becomes of calls. */
export abstract class FaultyServer implements Faults {
  fate: Faults['fate'] = () => 'pass'
  calls: string[] = []
  readonly answered = new Answers()
  #server = createServer((incoming, outgoing) => void this.serve(incoming, outgoing))

  /** What it stands for. */
  protected abstract readonly place: string

  protected abstract serve(incoming: IncomingMessage, outgoing: ServerResponse): void | Promise<void>

  async start(): Promise<this> {
    await new Promise<void>(done => this.#server.listen(0, '127.0.0.1', done))
    return this
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  reset(): void {
    this.fate = () => 'pass'
    this.calls = []
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<void>(done => this.#server.close(() => done()))
    this.answered.tell(this.place)
  }
}

/** Stands before another Slipway, which is Hugging Face to the tests, and does to calls what networks and clouds do. */
export class FaultProxy extends FaultyServer {
  protected readonly place = 'Hugging Face'

  constructor(private readonly target: string) {
    super()
  }

  protected override serve(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method = 'GET', url: path = '/' } = incoming
    const fate = this.fate({ method, path })
    this.calls.push(`${method} ${path.split('?')[0]}`)
    if (typeof fate === 'object') {
      incoming.resume()
      const headers = { 'content-type': 'application/json', ...fate.headers }
      outgoing.writeHead(fate.status, headers).end(JSON.stringify({ error: fate.error }))
      return
    }
    this.answered.count('product', method)
    const { host: _, ...headers } = incoming.headers
    const onward = request(`${this.target}${path}`, { method, headers }, answer => {
      if (fate === 'lose') {
        answer.resume()
        answer.on('end', () => outgoing.destroy())
        return
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    // Whoever listens leaves: so does the proxy.
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  }
}

/** The first `count` calls that match get this fate, later ones pass. */
export function firstCalls(count: number, matches: (call: Call) => boolean, fate: Fate): Faults['fate'] {
  let left = count
  return call => {
    if (!matches(call) || left === 0) return 'pass'
    left--
    return fate
  }
}
