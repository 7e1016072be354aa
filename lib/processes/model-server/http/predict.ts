import { log } from '../log'
import type { Service } from '../service'
import type { Answer } from '../tasks/adapter'
import { adapterOf } from '../tasks/registry'
import { decodeBody } from './body'
import { acceptsBytes } from './content-types'
import type { Exchange } from './exchange'
import { readBody } from './read-body'
import { send, sendError, sendJson } from './reply'
import { askModel, refuseAsFull } from './turn'

/** POST `/` and `/predict`: HF's inference toolkit. Whatever is wrong with a request is a 400. */
export async function predict(service: Service, exchange: Exchange): Promise<void> {
  const { request, response, url } = exchange
  const bytes = await receive(service, exchange)
  if (!bytes) return
  const body = decodeBody(bytes, request.headers['content-type'], url.searchParams, service.task)
  if (!body.ok) return sendError(response, 400, body.error.message)
  const input = adapterOf(service.task).parse(body.data.payload)
  if (!input.ok) return sendError(response, 400, input.error.message)
  const outcome = await askModel(service, exchange, { input: input.data })
  if (!outcome) return
  if (outcome.ok) return sendAnswer(exchange, outcome.answer)
  log('WARNING', `request id=${exchange.id} the model failed: ${outcome.stack}`)
  sendError(response, 400, outcome.message)
}

/** The whole body, or undefined when it was refused (413, 429) or the client left. */
export async function receive(service: Service, exchange: Exchange): Promise<Uint8Array | undefined> {
  const { bodyLimitBytes } = service.settings
  // Said before the body is read: bodies of requests that will be refused must not fill the memory.
  if (service.queue.isFull) {
    refuseAsFull(service, exchange)
    return undefined
  }
  const bytes = await readBody(exchange.request, bodyLimitBytes)
  if (bytes === 'aborted') return undefined
  if (bytes === 'too_large') {
    // The rest of the body is not read, so the connection cannot be used again.
    sendError(exchange.response, 413, `The body is larger than ${bodyLimitBytes} bytes.`, {
      Connection: 'close',
    })
    return undefined
  }
  exchange.bytesIn = bytes.byteLength
  return bytes
}

function sendAnswer({ request, response }: Exchange, answer: Answer): void {
  if (answer.kind === 'json') {
    sendJson(response, 200, answer.value)
  } else if (acceptsBytes(request.headers.accept, answer.contentType === 'image/png' ? 'image' : 'audio')) {
    send(response, 200, answer.bytes, { 'Content-Type': answer.contentType })
  } else {
    const base64 = Buffer.from(answer.bytes).toString('base64')
    sendJson(response, 200, answer.key === null ? base64 : { ...answer.extra, [answer.key]: base64 })
  }
}
