import { createServer, type Server } from 'node:http'
import { type Exchange, openExchange } from './http/exchange'
import { sendError, sendJson, sendText } from './http/reply'
import { routesOf } from './http/routes'
import { levelOfStatus, log, requestText } from './log'
import type { Service } from './service'

/** Longer than any load balancer keeps an idle connection, so that it is never us who closes one in its hands. */
const KEEP_ALIVE_MS = 75_000
/** Probes come every second and say nothing: they are neither logged nor counted. */
const QUIET_ROUTES = ['/health', '/metrics']
const RETRY_AFTER_SECONDS = 1
const CLIENT_LEFT = 499

export function createModelServer(service: Service): Server {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    const exchange = openExchange(request, response)
    response.on('close', () => report(service, exchange))
    handle(service, exchange).catch((error: unknown) => {
      log('ERROR', `request id=${exchange.id} failed: ${error instanceof Error ? error.stack : error}`)
      sendError(response, 500, 'The model server failed on this request; its log says why.')
    })
  })
  return server
}

async function handle(service: Service, exchange: Exchange): Promise<void> {
  const { request, response, url } = exchange
  const method = request.method ?? 'GET'
  const isGet = method === 'GET' || method === 'HEAD'
  if (isGet && (url.pathname === '/health' || url.pathname === '/')) return sendHealth(service, exchange)
  if (isGet && url.pathname === '/metrics') {
    return sendText(response, 200, service.metrics.render(service.gauges()), {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
    })
  }
  const routes = routesOf(service.task)
  const get = isGet ? routes.get.get(url.pathname) : undefined
  if (get) return get(service, exchange)
  const post = routes.post.get(url.pathname)
  if (!post) return sendError(response, 404, notFound(url.pathname, [...routes.post.keys()]))
  if (method !== 'POST') {
    return sendError(response, 405, `${url.pathname} takes POST, not ${method}.`, { Allow: 'POST' })
  }
  if (service.readiness.kind === 'starting') {
    return sendError(response, 503, `The model is not ready yet: ${service.readiness.message}`, {
      'Retry-After': RETRY_AFTER_SECONDS,
    })
  }
  return post(service, exchange)
}

const notFound = (path: string, routes: readonly string[]) =>
  `There is no ${path} here; this model answers POST ${routes.join(', ')}.`

function sendHealth(service: Service, { response }: Exchange): void {
  const { readiness } = service
  if (readiness.kind === 'ready') {
    sendText(response, 200, 'Ok')
    return
  }
  const body =
    readiness.kind === 'starting'
      ? { phase: readiness.phase, message: readiness.message, progress: readiness.progress }
      : { phase: 'stopping', message: 'The server is shutting down.', progress: null }
  sendJson(response, 503, body, { 'Retry-After': RETRY_AFTER_SECONDS })
}

function report(service: Service, exchange: Exchange): void {
  const { request, response, url } = exchange
  if (QUIET_ROUTES.includes(url.pathname)) return
  const durationMs = performance.now() - exchange.startedMs
  const status = response.writableFinished ? response.statusCode : CLIENT_LEFT
  const known = routesOf(service.task).post.has(url.pathname) || url.pathname === '/'
  service.metrics.record(known ? url.pathname : 'other', status, durationMs / 1000)
  const text = requestText({
    id: exchange.id,
    method: request.method ?? 'GET',
    path: url.pathname,
    status,
    durationMs,
    queueMs: exchange.queueMs,
    bytesIn: exchange.bytesIn,
    bytesOut: Number(response.getHeader('content-length') ?? exchange.bytesOut),
  })
  log(levelOfStatus(status), text)
}
