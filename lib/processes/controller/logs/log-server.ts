import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { density } from '@/lib/server/log-store/density'
import type { LogStore } from '@/lib/server/log-store/log-store'
import { RegexTooSlow } from '@/lib/server/log-store/regex-guard'
import { scan } from '@/lib/server/log-store/scan'
import { tail } from '@/lib/server/log-store/tail'
import { isAuthorised } from '../../internal-door'
import { type LogRequest, parseLogRequest } from './log-request'

const HEARTBEAT_MS = 15_000

type Options = { store: LogStore; secret: string; logger: Logger }

/**
 * The internal door to the logs: read, search and tail by sequence, for portals that know the secret. Answers are
 * NDJSON streams of log messages; an empty line is a heartbeat.
 */
export function createLogServer({ store, secret, logger }: Options): Server {
  const server = createServer((request, response) => {
    if (!isAuthorised(request, secret)) return answer(response, 401, 'A bearer secret is needed.')
    const parsed = parseLogRequest(request.method, request.url ?? '/')
    if (!parsed.ok) return answer(response, 400, parsed.error.message)
    serve(store, parsed.data, response).catch((error: unknown) => {
      logger.error({ err: error, endpointId: parsed.data.endpointId }, 'log request failed')
      if (response.headersSent) response.destroy()
      else answer(response, 500, 'The log could not be read.')
    })
  })
  // A tail lives as long as its reader; the portal ends it.
  server.requestTimeout = 0
  return server
}

function answer(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }))
}

const answerJson = (response: ServerResponse, value: unknown): void =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))

async function serve(store: LogStore, request: LogRequest, response: ServerResponse): Promise<void> {
  const log = await store.existing(request.endpointId)
  if (request.kind === 'kept') {
    const isEmpty = !log?.holdsLines
    const nothing = { first: 0, last: 0, bytes: 0 }
    const kept = isEmpty ? nothing : { first: log.firstSeq, last: log.lastSeq, bytes: log.bytes }
    return answerJson(response, kept)
  }
  if (request.kind === 'density') return answerJson(response, await density(log ?? { segments: [] }, request))
  const left = new AbortController()
  response.on('close', () => left.abort())
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' })
  response.flushHeaders()
  if (request.kind === 'tail') {
    // A tail may begin before the first line is written.
    const tailed = log ?? (await store.log(request.endpointId))
    return send(response, tail(tailed, request, left.signal), left.signal)
  }
  if (!log) return void response.end()
  await send(response, scan(log, request, left.signal), left.signal)
}

/** Takes the next message only when the last has left: the reader's pace is the reading's pace. */
async function send(
  response: ServerResponse,
  messages: AsyncIterable<Buffer>,
  signal: AbortSignal,
): Promise<void> {
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain) response.write('\n')
  }, HEARTBEAT_MS)
  try {
    for await (const message of messages) {
      if (signal.aborted) return
      if (!response.write(message)) await once(response, 'drain', { signal }).catch(() => {})
    }
  } catch (error) {
    if (!(error instanceof RegexTooSlow)) throw error
    response.write(`${JSON.stringify({ type: 'error', message: error.message })}\n`)
  } finally {
    clearInterval(heartbeat)
  }
  response.end()
}
