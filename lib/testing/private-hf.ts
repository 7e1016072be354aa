import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pageOf } from '@/lib/domain/endpoint/hf-compat-page'

type Body = Record<string, unknown> & { name: string }
type Kept = Body & { state: string }
type Answer = { status: number; json: unknown }

const HARDWARE = {
  vendors: [
    {
      name: 'aws',
      regions: [
        {
          name: 'us-east-1',
          label: 'N. Virginia',
          computes: [
            {
              id: 'aws-us-east-1-intel-spr-x1',
              accelerator: 'cpu',
              numCpus: 1,
              memoryGb: 2,
              instanceType: 'intel-spr',
              instanceSize: 'x1',
              status: 'available',
              pricePerHour: 0.033,
            },
          ],
        },
      ],
    },
  ],
}

/**
 * A stand-in for the part of Hugging Face's API that a second Slipway has not: PrivateLink and scaling to zero, as its
 * documentation and its newest client describe them. It runs nothing; what it is sent it keeps and gives back. A
 * request to an endpoint's address is answered with an empty 200, or, where it is scaled to zero, with 503 and wakes it.
 */
export class PrivateHf {
  /** Every body as it came, with its method. */
  readonly sent: { method: string; body: Body }[] = []
  /** Every verb that came for an endpoint, as `name verb`. */
  readonly verbs: string[] = []
  readonly #endpoints = new Map<string, Kept>()
  readonly #server = createServer((request, response) => void this.#serve(request, response))

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return this
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = request
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    const body = text === '' ? null : (JSON.parse(text) as Body)
    if (body) this.sent.push({ method, body })
    const { status, json } = this.#answer(method, new URL(url, this.url), body)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
  }

  #answer(method: string, { pathname: path, searchParams }: URL, body: Body | null): Answer {
    const [, version = '', kind = '', , name, verb] = path.split('/')
    if (version === 'at') return this.#call(kind)
    const ok = (json: unknown) => ({ status: 200, json })
    if (path === '/api/whoami-v2') return ok({ name: 'acme', auth: { accessToken: { role: 'write' } } })
    if (kind === 'provider') return ok(HARDWARE)
    if (kind !== 'endpoint' || version === 'v3') return { status: 404, json: { error: 'not found' } }
    if (!name) {
      if (method !== 'POST' || !body) return ok(this.#page(searchParams.get('cursor') ?? '0'))
      if (!body.name) return { status: 400, json: { error: 'VALIDATION_FAILED: name' } }
      this.#endpoints.set(body.name, { ...body, state: 'running' })
      return ok(this.#statusOf({ ...body, state: 'running' }))
    }
    const kept = this.#endpoints.get(name)
    if (!kept) return { status: 404, json: { error: 'not found' } }
    if (method === 'POST' && verb) this.verbs.push(`${name} ${verb}`)
    if (method === 'DELETE') this.#endpoints.delete(name)
    if (method === 'PUT' && body) Object.assign(kept, body)
    if (verb === 'pause' || verb === 'resume') kept.state = verb === 'pause' ? 'paused' : 'running'
    if (verb === 'scale-to-zero') kept.state = 'scaledToZero'
    if (verb === 'replica') return ok({ items: [] })
    return ok(this.#statusOf(kept))
  }

  /** Twenty at once, as theirs. */
  #page(cursor: string): unknown {
    const items = [...this.#endpoints.values()].map(kept => this.#statusOf(kept))
    const page = pageOf(items, { cursor })
    return page.ok ? page.data : page
  }

  #call(name: string): Answer {
    const kept = this.#endpoints.get(name)
    if (kept?.state === 'running') return { status: 200, json: {} }
    if (kept?.state === 'scaledToZero') kept.state = 'running'
    return { status: 503, json: { error: '503 Service Unavailable' } }
  }

  /** A private one comes with its service's name, and its address resolves within the VPC only. */
  #statusOf({ state, ...body }: Kept) {
    const replicas = state === 'running' ? 1 : 0
    const isPrivate = Boolean(body.privateService)
    return {
      ...body,
      status: {
        state,
        message: state === 'running' ? 'Endpoint is ready' : '',
        url: isPrivate
          ? `https://${body.name}.us-east-1.aws.endpoints.invalid`
          : `${this.url}/at/${body.name}`,
        readyReplica: replicas,
        targetReplica: replicas,
        private: isPrivate
          ? { serviceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0' }
          : null,
      },
    }
  }
}
