import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Body = Record<string, unknown> & { name: string }
type Kept = Body & { state: string }

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
 * A stand-in for the part of Hugging Face's API that a second Slipway has not: PrivateLink, as its documentation and
 * its newest client describe it. It runs nothing; what it is sent it keeps and gives back.
 */
export class PrivateHf {
  /** Every body as it came, with its method. */
  readonly sent: { method: string; body: Body }[] = []
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
    const { status, json } = this.#answer(method, new URL(url, this.url).pathname, body)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
  }

  #answer(method: string, path: string, body: Body | null): { status: number; json: unknown } {
    const [, version = '', kind = '', , name, verb] = path.split('/')
    const ok = (json: unknown) => ({ status: 200, json })
    if (path === '/api/whoami-v2') return ok({ name: 'acme', auth: { accessToken: { role: 'write' } } })
    if (kind === 'provider') return ok(HARDWARE)
    if (kind !== 'endpoint' || version === 'v3') return { status: 404, json: { error: 'not found' } }
    if (!name) {
      if (method !== 'POST' || !body) return ok({ items: [...this.#endpoints.values()].map(statusOf) })
      if (!body.name) return { status: 400, json: { error: 'VALIDATION_FAILED: name' } }
      this.#endpoints.set(body.name, { ...body, state: 'running' })
      return ok(statusOf({ ...body, state: 'running' }))
    }
    const kept = this.#endpoints.get(name)
    if (!kept) return { status: 404, json: { error: 'not found' } }
    if (method === 'DELETE') this.#endpoints.delete(name)
    if (method === 'PUT' && body) Object.assign(kept, body)
    if (verb === 'pause' || verb === 'resume') kept.state = verb === 'pause' ? 'paused' : 'running'
    if (verb === 'replica') return ok({ items: [] })
    return ok(statusOf(kept))
  }
}

/** The service's name comes with the endpoint; so does its address, which resolves within the VPC only. */
const statusOf = ({ state, ...body }: Kept) => ({
  ...body,
  status: {
    state,
    message: 'Endpoint is ready',
    url: `https://${body.name}.us-east-1.aws.endpoints.invalid`,
    readyReplica: 1,
    targetReplica: 1,
    private: body.privateService
      ? { serviceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0' }
      : null,
  },
})
