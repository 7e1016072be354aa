import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>
/** Next's path of a route (`/v2/endpoint/[namespace]`) to its module. */
export type RouteModules = Record<string, () => Promise<Record<string, Handler>>>

/** Serves route handlers over real HTTP without Next: for clients that speak to nothing but an address. */
export async function serveRoutes(
  modules: RouteModules,
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    answer(modules, incoming, outgoing).catch(error => {
      outgoing.writeHead(500).end(String(error))
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const close = () => new Promise<void>(done => server.close(() => done()))
  return { url: `http://127.0.0.1:${port}`, close }
}

async function answer(modules: RouteModules, incoming: IncomingMessage, outgoing: ServerResponse) {
  const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host}`)
  const found = findRoute(Object.keys(modules), url.pathname)
  const handler = found && (await modules[found.route]?.())?.[incoming.method ?? 'GET']
  if (!found || !handler) return outgoing.writeHead(404).end()
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  const request = new Request(url, {
    method: incoming.method ?? 'GET',
    headers: new Headers(incoming.headers as Record<string, string>),
    ...(body.length > 0 ? { body } : {}),
  })
  const response = await handler(request, { params: Promise.resolve(found.params) })
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  outgoing.end(Buffer.from(await response.arrayBuffer()))
}

function findRoute(routes: readonly string[], path: string) {
  const parts = path.split('/')
  for (const route of routes) {
    const pattern = route.split('/')
    if (pattern.length !== parts.length) continue
    const params: Record<string, string> = {}
    const fits = pattern.every((piece, at) => {
      const part = parts[at] ?? ''
      if (piece.startsWith('[')) params[piece.slice(1, -1)] = decodeURIComponent(part)
      return piece.startsWith('[') || piece === part
    })
    if (fits) return { route, params }
  }
  return null
}
