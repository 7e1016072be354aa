import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Refusal } from './refusal'
import { commonHeaders } from './response-headers'

/** Unread request bodies up to this are read to their end, so that the connection can be used again. */
const SMALL_BODY_BYTES = 64 * 1024
/** How long a larger one is read after its refusal, so that the client gets to see it instead of a reset. */
const LINGER_MS = 2_000

type Sent = { bytesOut: number }

/** Sends `{"error": …}`. */
export function sendRefusal(
  req: IncomingMessage,
  res: ServerResponse,
  requestId: string,
  { status, message, headers }: Refusal,
): Sent {
  return sendText(req, res, requestId, {
    status,
    headers: ['Content-Type', 'application/json', ...headers],
    text: JSON.stringify({ error: message }),
  })
}

export function sendJson(
  req: IncomingMessage,
  res: ServerResponse,
  requestId: string,
  status: number,
  content: unknown,
): Sent {
  const headers = ['Content-Type', 'application/json', 'Cache-Control', 'no-store']
  return sendText(req, res, requestId, { status, headers, text: `${JSON.stringify(content)}\n` })
}

export function sendText(
  req: IncomingMessage,
  res: ServerResponse,
  requestId: string,
  { status, headers, text }: { status: number; headers: readonly string[]; text: string },
): Sent {
  const body = Buffer.from(text)
  const isLarge = hasLargeUnreadBody(req)
  if (isLarge) res.shouldKeepAlive = false
  res.writeHead(status, [...commonHeaders(requestId), ...headers, 'Content-Length', String(body.length)])
  if (isLarge) lingeringEnd(req, res, body)
  else {
    res.end(body)
    if (!req.complete) req.resume()
  }
  return { bytesOut: req.method === 'HEAD' ? 0 : body.length }
}

const hasLargeUnreadBody = (req: IncomingMessage): boolean =>
  !req.complete &&
  (req.headers['transfer-encoding'] !== undefined ||
    Number(req.headers['content-length'] ?? 0) > SMALL_BODY_BYTES)

/** The whole answer at once, but the end only when the client has stopped sending, or after a while. */
function lingeringEnd(req: IncomingMessage, res: ServerResponse, body: Buffer): void {
  const end = () => {
    clearTimeout(timer)
    res.end()
  }
  const timer = setTimeout(end, LINGER_MS)
  req.once('end', end)
  req.once('close', end)
  res.write(body)
  req.resume()
}

/**
 * Answers a browser's question whether a page may call: yes, every path alike. The token decides, and it is never
 * sent by the browser on its own.
 */
export function sendPreflight(req: IncomingMessage, res: ServerResponse, requestId: string): void {
  res.writeHead(204, [
    ...commonHeaders(requestId),
    'Access-Control-Allow-Methods',
    'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
    'Access-Control-Allow-Headers',
    // Not `*`: that does not cover Authorization.
    req.headers['access-control-request-headers'] ?? 'Authorization, Content-Type, X-Request-Id',
    'Access-Control-Max-Age',
    '600',
    'Vary',
    'Access-Control-Request-Headers',
  ])
  res.end()
}

export const isPreflight = (req: IncomingMessage): boolean =>
  req.method === 'OPTIONS' && req.headers['access-control-request-method'] !== undefined
