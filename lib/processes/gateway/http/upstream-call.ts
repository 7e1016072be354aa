import type { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import { chooseReplica } from '../routes/choose-replica'
import type { Replica } from '../routes/replica'
import type { EndpointRoute } from '../routes/routing-table'
import type { Exchange } from './exchange'
import { refusal } from './refusal'
import { type AnswerHead, answerHead } from './response-headers'
import { type Failure, failureOf, isSafeToRepeat } from './upstream-failure'
import { UsageTap } from './usage-tap'

/** A client that takes nothing of its answer for so long has left without saying so. */
const STALLED_CLIENT_MS = 120_000

const CREDENTIALS =
  'Bad Gateway: the provider does not accept the credentials of this endpoint’s connection. Replace them under Connections.'

const ADDRESS_LOST =
  'Bad Gateway: the gateway does not reach the private address of this endpoint. Its page says why, and what to do.'

export type UpstreamRequest = {
  method: Dispatcher.HttpMethod
  path: string
  headers: string[]
  body: Buffer | Readable | null
}

/** Carries one request to a replica and the answer back, as fast as the slower side takes it. */
export class UpstreamCall implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | null = null
  /** Replicas that were asked in vain. */
  private tried: Set<Replica> | undefined
  private replica: Replica | null = null
  private head: AnswerHead | null = null
  private status = 0
  private isAnswered = false
  private isPaused = false
  private isCancelled = false
  private tap: UsageTap | null = null
  private stallTimer: NodeJS.Timeout | undefined

  constructor(
    private readonly exchange: Exchange,
    private readonly endpoint: EndpointRoute,
    private readonly request: UpstreamRequest,
    private readonly onFailure: (failure: Failure, replica: Replica) => void,
  ) {
    exchange.onClientLeft = () => this.cancel()
  }

  /** False when there is no replica left to ask. */
  start(): boolean {
    const { endpoint, exchange } = this
    const replica = chooseReplica(endpoint.replicas, endpoint.turn++, performance.now(), this.tried)
    if (!replica) return false
    this.replica = replica
    exchange.replica = replica
    replica.inFlight++
    const timeoutMs = endpoint.requestTimeoutSeconds * 1000
    replica.dispatch({ ...this.request, headersTimeout: timeoutMs, bodyTimeout: timeoutMs }, this)
    return true
  }

  /** Stops the replica's work on this request. */
  cancel(): void {
    this.isCancelled = true
    clearTimeout(this.stallTimer)
    this.controller?.abort(new Error('The client left.'))
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller
    if (this.isCancelled) controller.abort(new Error('The client left.'))
    else this.exchange.endWait()
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    // Informational answers (103) are between the replica and us.
    if (status < 200) return
    if (status === 401 && this.replica?.door) {
      this.refuseCredentials(controller)
      return
    }
    const raw = Array.isArray(controller.rawHeaders) ? controller.rawHeaders : []
    const head = answerHead(raw, this.exchange.requestId)
    this.status = status
    this.head = head
    this.tap = UsageTap.for(head.contentType, head.contentLength, head.isEncoded)
    // A body of known length follows at once and takes the head along; of others the head may be all for a while.
    if (head.contentLength === null) process.nextTick(flushHead, this)
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const { exchange, head } = this
    if (exchange.isOver) return
    exchange.bytesOut += chunk.length
    this.tap?.add(chunk)
    if (!this.isAnswered && head?.contentLength === chunk.length) {
      this.sendHead()
      exchange.res.end(chunk)
      return
    }
    this.sendHead()
    if (!exchange.res.write(chunk)) this.pause(controller)
  }

  onResponseEnd(): void {
    this.leaveReplica()
    this.sendHead()
    const { exchange } = this
    exchange.usage = this.tap?.usage() ?? null
    if (!exchange.res.writableEnded) exchange.res.end()
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    const { replica, exchange } = this
    this.leaveReplica()
    if (this.isCancelled || !replica) return
    const failure = failureOf(error, this.controller !== null)
    if (this.isAnswered) {
      this.onFailure(failure, replica)
      exchange.breakOff(failure.status, failure.message)
      return
    }
    if (failure.kind === 'unreachable') replica.avoid(performance.now())
    const isRepeatable = failure.kind === 'unreachable' || this.isRepeatable(failure)
    this.onFailure(failure, replica)
    if (isRepeatable && this.startNext(replica)) return
    exchange.endWait()
    const isLost = failure.kind === 'unreachable' && replica.door?.via
    exchange.refuse(refusal(failure.status, isLost ? ADDRESS_LOST : failure.message))
  }

  /** The head on its own, when no byte of the body came with it: what event streams begin with. */
  flushHead(): void {
    if (this.isAnswered || this.exchange.isOver) return
    this.sendHead()
    this.exchange.res.flushHeaders()
  }

  /** Passed on it would look as if the caller's own token were no good. */
  private refuseCredentials(controller: Dispatcher.DispatchController): void {
    const { replica, exchange } = this
    this.leaveReplica()
    this.isCancelled = true
    controller.abort(new Error('The credentials were refused.'))
    if (replica) {
      const failure = { kind: 'credentials', status: 502, message: CREDENTIALS, cause: '401' } as const
      this.onFailure(failure, replica)
    }
    exchange.refuse(refusal(502, CREDENTIALS))
  }

  private sendHead(): void {
    const { exchange, head } = this
    if (this.isAnswered || !head || exchange.isOver) return
    exchange.begin(this.status)
    exchange.res.writeHead(this.status, head.headers)
    this.isAnswered = true
  }

  private isRepeatable(failure: Failure): boolean {
    const { method, body } = this.request
    return failure.kind === 'closed' && !this.head && isSafeToRepeat(method, body !== null)
  }

  /** Once with each replica. */
  private startNext(failed: Replica): boolean {
    this.tried ??= new Set()
    this.tried.add(failed)
    this.controller = null
    return this.start()
  }

  private pause(controller: Dispatcher.DispatchController): void {
    if (this.isPaused) return
    this.isPaused = true
    controller.pause()
    const { res } = this.exchange
    this.stallTimer = setTimeout(() => res.destroy(), STALLED_CLIENT_MS)
    res.once('drain', () => {
      clearTimeout(this.stallTimer)
      this.isPaused = false
      controller.resume()
    })
  }

  private leaveReplica(): void {
    if (this.replica) this.replica.inFlight--
    this.replica = null
  }
}

/** A function of its own: a closure per request would cost more. */
const flushHead = (call: UpstreamCall): void => call.flushHead()
