import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** One request and its answer, with what the log line and the metrics need. */
export type Exchange = {
  request: IncomingMessage
  response: ServerResponse
  url: URL
  id: string
  startedMs: number
  /** Fires when the client leaves before its answer is complete. */
  left: AbortSignal
  queueMs: number
  bytesIn: number
  /** Of a stream; other answers state their length. */
  bytesOut: number
}

/** What a caller may choose as an id: it is written to the log and sent back. */
const REQUEST_ID = /^[\w.:+/=-]{1,128}$/

export function openExchange(request: IncomingMessage, response: ServerResponse): Exchange {
  const sent = request.headers['x-request-id']
  const id = typeof sent === 'string' && REQUEST_ID.test(sent) ? sent : randomUUID()
  response.setHeader('X-Request-Id', id)
  const leaving = new AbortController()
  response.on('close', () => {
    if (!response.writableFinished) leaving.abort()
  })
  return {
    request,
    response,
    url: pathUrl(request.url ?? '/'),
    id,
    startedMs: performance.now(),
    left: leaving.signal,
    queueMs: 0,
    bytesIn: 0,
    bytesOut: 0,
  }
}

/** A request line may hold anything; what is no path is treated as one that does not exist. */
function pathUrl(target: string): URL {
  try {
    return new URL(target, 'http://model-server')
  } catch {
    return new URL('http://model-server/%00')
  }
}
