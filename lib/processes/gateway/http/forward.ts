import type { EndpointRoute } from '../routes/routing-table'
import type { Caller } from './caller-address'
import type { Exchange } from './exchange'
import { refusal } from './refusal'
import { holdBody, planBody, StreamedBody, tooLarge } from './request-body'
import { upstreamHeaders } from './request-headers'
import { UpstreamCall, type UpstreamRequest } from './upstream-call'
import type { Failure } from './upstream-failure'

export type ForwardOptions = {
  maxBodyBytes: number
  onFailure: (exchange: Exchange, endpoint: EndpointRoute, failure: Failure, replicaId: string) => void
}

/** Sends an admitted request to one of its endpoint's replicas. */
export function forward(
  exchange: Exchange,
  endpoint: EndpointRoute,
  path: string,
  caller: Caller,
  expectsContinue: boolean,
  { maxBodyBytes, onFailure }: ForwardOptions,
): void {
  const { req, res } = exchange
  if (req.headers.upgrade?.toLowerCase().includes('websocket')) {
    exchange.refuse(refusal(501, 'Not Implemented: this gateway does not carry WebSockets.'))
    return
  }
  if (req.method !== 'POST' && endpoint.replicas.some(({ door }) => door?.kind === 'sagemaker')) {
    exchange.refuse(refusal(405, 'SageMaker endpoints answer POST only.', ['Allow', 'POST']))
    return
  }
  const plan = planBody(req.headers, maxBodyBytes)
  if (plan.kind === 'refused') {
    exchange.refuse(plan.refusal)
    return
  }
  // Only now: whoever asks first is spared sending a body that would be refused.
  if (expectsContinue) res.writeContinue()

  const contentLength = plan.kind === 'streamed' ? plan.length : null
  const headers = upstreamHeaders(req.headers, {
    requestId: exchange.requestId,
    address: caller.address,
    proto: protoOf(req.headers['x-forwarded-proto'], caller),
    host: req.headers.host,
    contentLength,
  })
  const send = (body: UpstreamRequest['body']) => {
    const request: UpstreamRequest = { method: req.method ?? 'GET', path, headers, body }
    const call = new UpstreamCall(exchange, endpoint, request, (failure, replica) =>
      onFailure(exchange, endpoint, failure, replica.id),
    )
    exchange.beginWait()
    if (!call.start()) exchange.refuse(refusal(503, 'No replica is ready.', ['Retry-After', '2']))
    return call
  }
  if (plan.kind === 'none') send(null)
  else if (plan.kind === 'held') {
    holdBody(req, body => {
      exchange.bytesIn = body.length
      if (!exchange.isOver) send(body)
    })
  } else streamTo(exchange, maxBodyBytes, send)
}

function streamTo(
  exchange: Exchange,
  maxBodyBytes: number,
  send: (body: StreamedBody) => UpstreamCall,
): void {
  const body = new StreamedBody(exchange.req, maxBodyBytes, () => {
    const answer = tooLarge(maxBodyBytes)
    if (exchange.res.headersSent) exchange.breakOff(answer.status, answer.message)
    else exchange.refuse(answer)
    call.cancel()
  })
  exchange.req.on('data', () => {
    exchange.bytesIn = body.bytes
  })
  const call = send(body)
}

/** What the client spoke: a trusted proxy knows, otherwise it spoke to us. */
const protoOf = (sent: string | string[] | undefined, { viaTrustedProxy }: Caller): string =>
  viaTrustedProxy && (sent === 'https' || sent === 'http') ? sent : 'http'
