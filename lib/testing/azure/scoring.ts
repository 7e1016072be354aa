// Part of a stand-in for Azure Machine Learning: the front door of one endpoint, where its calls go in.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Deployment } from './deployment'

const MODEL_ERROR = 424
/** Where containers of the registry's models score; they know no `/`. */
export const DEFAULT_ROUTE = '/score'

/** Lets in who has a token, and hands on to the deployment that gets the traffic, whatever the route. */
export class ScoringDoor {
  /** What Azure Monitor counts. */
  readonly answered: { atMs: number; deployment: string; status: number; tookMs: number; path: string }[] = []

  #server = createServer((incoming, outgoing) => void this.#serve(incoming, outgoing))

  private constructor(
    private readonly mayCall: (credential: string) => boolean,
    private readonly serving: () => Deployment | null,
  ) {}

  static async open(
    mayCall: (credential: string) => boolean,
    serving: () => Deployment | null,
  ): Promise<ScoringDoor> {
    const door = new ScoringDoor(mayCall, serving)
    await new Promise<void>(done => door.#server.listen(0, '127.0.0.1', done))
    return door
  }

  get scoringUri(): string {
    const origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
    return `${origin}${this.serving()?.scoringRoute ?? DEFAULT_ROUTE}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<void>(done => this.#server.close(() => done()))
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const credential = /^Bearer (.+)$/.exec(incoming.headers.authorization ?? '')?.[1] ?? ''
    if (!this.mayCall(credential)) return void outgoing.writeHead(401).end('Unauthorized')
    const deployment = this.serving()
    if (!deployment) return void outgoing.writeHead(404).end('No deployment gets traffic.')
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const { method = 'GET', url: path = '/' } = incoming
    const url = insideOf(deployment, path)
    if (url === null) return void outgoing.writeHead(404).end('Azure knows no such route.')
    const body = method === 'GET' ? {} : { body: Buffer.concat(chunks) }
    const atMs = Date.now()
    const answer = await deployment
      .next()
      .call(url, { method, ...body })
      .catch(() => new Response('Bad Gateway', { status: 502 }))
    this.answered.push({
      atMs,
      deployment: deployment.name,
      status: answer.status,
      tookMs: Date.now() - atMs,
      path,
    })
    outgoing.writeHead(answer.ok ? answer.status : MODEL_ERROR, headersOf(answer))
    outgoing.flushHeaders()
    try {
      for await (const chunk of answer.body ?? []) outgoing.write(chunk)
      outgoing.end()
    } catch {
      // The container broke off, and so does the door.
      outgoing.destroy()
    }
  }
}

/** What runs here scores at `/`, as Hugging Face's toolkit does: what stands for a model of the registry must not. */
function insideOf({ scoringRoute }: Deployment, path: string): string | null {
  if (scoringRoute === '/') return path
  if (/^\/(\?|$)/.test(path)) return null
  return path.startsWith(scoringRoute) ? path.replace(scoringRoute, '/') : path
}

/** What Azure's own front says of an answer of the container that is no success; the body passes. */
const headersOf = ({ ok, status, headers }: Response) => ({
  'content-type': headers.get('content-type') ?? 'text/plain',
  ...(ok
    ? {}
    : {
        'ms-azureml-model-error-statuscode': String(status),
        'ms-azureml-model-error-reason': 'model_error',
      }),
})
