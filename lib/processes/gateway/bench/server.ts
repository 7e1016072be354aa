import { createServer, type Server } from 'node:http'
import { pino } from 'pino'
import { RequestHandler } from '../http/request-handler'
import { createGatewayServer } from '../http/server'
import { LastUsed } from '../recording/last-used'
import { Recorder } from '../recording/recorder'
import { RouteSource } from '../routes/route-source'
import { SavedRoutes } from '../routes/saved-routes'
import { hashOf } from '../routes/token-check'
import { NoRecorder } from './no-recorder'
import { BENCH_TOKEN } from './token'

/** A server of the benchmark, in a process of its own: `hello`, or `gateway|unrecorded <replica address>`. */
const [role, replicaAddress = ''] = process.argv.slice(2)

/** 986 bytes, as in `performance.md`. */
const ANSWER = Buffer.from(JSON.stringify({ text: 'x'.repeat(986 - 11) }))
const MAX_BODY_BYTES = 1024 * 1024

const hello = (): Server =>
  createServer((req, res) => {
    req.resume()
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': ANSWER.length }).end(ANSWER)
  })

/** The real handler and server, on routes that come from here instead of a database. */
async function gateway(recorder: Recorder): Promise<Server> {
  const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
  const snapshot = {
    endpoints: [
      {
        id: uuid(1),
        teamId: uuid(2),
        team: 'main',
        name: 'bench',
        desired: 'present',
        state: 'running',
        message: '',
        revision: 1,
        security: { level: 'protected' },
        requestTimeoutSeconds: 30,
      },
    ],
    replicas: [3, 4].map(n => ({
      id: uuid(n),
      endpointId: uuid(1),
      revision: 1,
      address: replicaAddress,
      isDraining: false,
    })),
    tokens: [
      {
        id: uuid(5),
        teamId: uuid(2),
        hash: hashOf(BENCH_TOKEN),
        scope: 'infer',
        role: 'owner',
        endpointId: null,
        expiresAtMs: null,
      },
    ],
    teams: [{ id: uuid(2), slug: 'main' }],
  }
  const routes = new RouteSource({
    read: async () => ({ text: JSON.stringify(snapshot), readAt: new Date() }),
    saved: new SavedRoutes('/nonexistent'),
    domain: undefined,
    allowedHosts: [],
    logger: pino({ level: 'silent' }),
  })
  await routes.start()
  // What the flusher does each second, up to the disk.
  setInterval(() => JSON.stringify(recorder.collect()), 1_000)
  const handler = new RequestHandler({
    routes,
    recorder,
    lastUsed: new LastUsed(),
    domain: undefined,
    trustedProxies: [],
    maxBodyBytes: MAX_BODY_BYTES,
    onFailure: () => {},
    onBug: (_, error) => console.error(error),
    ownPages: {},
  })
  return createGatewayServer(handler, recorder, MAX_BODY_BYTES)
}

const server =
  role === 'gateway'
    ? await gateway(new Recorder(0))
    : role === 'unrecorded'
      ? await gateway(new NoRecorder(0))
      : hello()
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 })
})
process.on('message', () => process.send?.(process.cpuUsage()))
