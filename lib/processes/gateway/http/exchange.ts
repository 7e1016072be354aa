import type { IncomingMessage, ServerResponse } from 'node:http'
import { CLIENT_LEFT, type Measurement } from '../recording/measurement'
import type { EndpointActivity, Recorder } from '../recording/recorder'
import type { Replica } from '../routes/replica'
import type { EndpointRoute, TokenRoute } from '../routes/routing-table'
import { sendRefusal } from './answer'
import type { Refusal } from './refusal'
import { withoutQuery } from './target'
import type { TokenUsage } from './usage'

/** One request from its headers to its last byte: what every stage knows of it, and its record at the end. */
export class Exchange {
  readonly at = Date.now()
  private readonly startedMs = performance.now()
  /** Set by the stage that holds resources for it; called when the client leaves before the end. */
  onClientLeft: (() => void) | null = null
  isOver = false

  replica: Replica | null = null
  bytesIn = 0
  bytesOut = 0
  usage: TokenUsage | null = null
  private endpoint: EndpointRoute | null = null
  private token: TokenRoute | null = null
  private path = ''
  private activity: EndpointActivity | null = null
  private status = 0
  private error: string | null = null
  private waitFromMs = 0
  private waitMs = 0
  private firstByteMs = 0

  constructor(
    readonly req: IncomingMessage,
    readonly res: ServerResponse,
    readonly requestId: string,
    private readonly recorder: Recorder,
    private readonly onOver: (exchange: Exchange) => void,
  ) {
    res.once('close', this.close)
    // A pipelined request waits without a socket of its own and would not hear that the connection is gone.
    if (!res.socket) req.socket.once('close', this.close)
  }

  /** It is known whose request it is: from here on it counts for the endpoint. */
  admit(endpoint: EndpointRoute, token: TokenRoute | null, path: string): void {
    this.endpoint = endpoint
    this.token = token?.teamId === endpoint.teamId ? token : null
    this.path = path
    this.activity = this.recorder.enter(endpoint.id, this.startedMs)
  }

  /** All is there to be sent to a replica. */
  beginWait(): void {
    this.waitFromMs = performance.now()
    this.activity?.waiting.change(1, this.waitFromMs)
  }

  /** It is being sent, or will not be any more. */
  endWait(): void {
    if (this.waitFromMs === 0) return
    const nowMs = performance.now()
    this.waitMs += nowMs - this.waitFromMs
    this.waitFromMs = 0
    this.activity?.waiting.change(-1, nowMs)
  }

  /** The answer's head goes out. */
  begin(status: number): void {
    this.status = status
    this.firstByteMs = performance.now()
  }

  /** The gateway answers itself. */
  refuse(refusal: Refusal): void {
    if (this.isOver || this.res.headersSent) return
    this.begin(refusal.status)
    this.error = refusal.message
    this.bytesOut = sendRefusal(this.req, this.res, this.requestId, refusal).bytesOut
  }

  /** The answer broke off after its head: the connection is cut, so that nobody takes the part for the whole. */
  breakOff(status: number, error: string): void {
    if (this.isOver) return
    this.status = status
    this.error = error
    this.isBroken = true
    this.res.destroy()
  }
  private isBroken = false

  private readonly close = (): void => {
    if (this.isOver) return
    this.isOver = true
    this.req.socket.off('close', this.close)
    this.endWait()
    if (!this.res.writableFinished && !this.isBroken) {
      this.status = CLIENT_LEFT
      this.onClientLeft?.()
    }
    if (this.activity && this.endpoint) this.record(this.activity, this.endpoint)
    this.onOver(this)
  }

  private record(activity: EndpointActivity, endpoint: EndpointRoute): void {
    const nowMs = performance.now()
    const { replica, startedMs, firstByteMs, usage } = this
    const request: Measurement = {
      endpointId: endpoint.id,
      at: this.at,
      requestId: this.requestId,
      method: this.req.method ?? '',
      path: withoutQuery(this.path),
      status: this.status,
      revision: replica?.revision ?? endpoint.revision,
      replicaId: replica?.recordedId ?? null,
      tokenId: this.token?.id ?? null,
      bytesIn: this.bytesIn,
      bytesOut: this.bytesOut,
      tokensIn: usage?.tokensIn ?? null,
      tokensOut: usage?.tokensOut ?? null,
      waitUs: Math.round(this.waitMs * 1000),
      ttfbUs: firstByteMs === 0 ? null : Math.round((firstByteMs - startedMs) * 1000),
      totalUs: Math.round((nowMs - startedMs) * 1000),
      error: this.error,
    }
    this.recorder.leave(activity, request, nowMs)
  }
}
