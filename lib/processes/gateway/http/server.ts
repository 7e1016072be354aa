import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Recorder } from '../recording/recorder'
import { sendRefusal } from './answer'
import { refusal } from './refusal'
import type { RequestHandler } from './request-handler'
import { requestIdOf } from './request-id'

const MAX_HEADER_BYTES = 32 * 1024
const HEADERS_TIMEOUT_MS = 15_000
/** Whoever sends slower than this holds a connection for nothing. */
const SLOWEST_UPLOAD_BYTES_PER_SECOND = 64 * 1024
const MIN_REQUEST_TIMEOUT_MS = 120_000

/**
 * The server in front: Node's parser in its strict mode, which refuses what is ambiguous (both length and chunks,
 * folded headers, bare line feeds), and limits on size and time for whoever sends slowly. There is no limit on the
 * time of an answer here: that is the endpoint's request timeout.
 */
export function createGatewayServer(
  handler: RequestHandler,
  recorder: Recorder,
  maxBodyBytes: number,
): Server {
  const uploadMs = (maxBodyBytes / SLOWEST_UPLOAD_BYTES_PER_SECOND) * 1000
  const server = createServer(
    {
      insecureHTTPParser: false,
      requireHostHeader: true,
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: Math.max(MIN_REQUEST_TIMEOUT_MS, Math.round(uploadMs)),
      connectionsCheckingInterval: 5_000,
      // Longer than the 60 s of usual load balancers, so that they close first.
      keepAliveTimeout: 75_000,
      noDelay: true,
    },
    (req, res) => handler.handle(req, res),
  )
  server.on('checkContinue', (req, res) => handler.handle(req, res, true))
  server.on('checkExpectation', (req, res) => {
    const answer = refusal(417, 'Expectation Failed: only 100-continue is understood.')
    sendRefusal(req, res, requestIdOf(req.headers['x-request-id']), answer)
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const isAnswering = [...handler.open].some(exchange => exchange.req.socket === socket)
    // Into the middle of an answer nothing can be said.
    if (error.code === 'ECONNRESET' || !socket.writable || isAnswering) {
      socket.destroy()
      return
    }
    refuseBroken(error, socket as Socket, recorder)
  })
  return server
}

/** What cannot be parsed is answered by hand: there is no request to answer. */
function refuseBroken(error: NodeJS.ErrnoException, socket: Socket, recorder: Recorder): void {
  const [status, words, message] = brokenAnswer(error.code)
  recorder.refuse(null, status)
  const body = JSON.stringify({ error: message })
  const head = [
    `HTTP/1.1 ${status} ${words}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestIdOf(undefined)}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

function brokenAnswer(code: string | undefined): [number, string, string] {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return [
        431,
        'Request Header Fields Too Large',
        `The request’s headers are larger than ${MAX_HEADER_BYTES} bytes.`,
      ]
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return [408, 'Request Timeout', 'The request was not complete in time.']
    default:
      return [400, 'Bad Request', 'The request is not valid HTTP/1.1.']
  }
}
