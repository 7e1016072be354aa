import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import { z } from 'zod'
import type { EventStreamReader } from '@/lib/server/providers/sagemaker/event-stream'

type Controller = Dispatcher.DispatchController

const EVENT_STREAM = 'application/vnd.amazon.eventstream'
/** The model answered, but not with success. */
const MODEL_ERROR = 424
/** No copy of the model runs. The call that was refused is what makes SageMaker start one. */
const AT_REST = /has no capacity to process/i
const WAKING = 'The endpoint was scaled to zero and is starting, which takes some minutes. Try again.'
const RETRY_AFTER_SECONDS = 30
const MAX_ERROR_BYTES = 1024 * 1024
/** How AWS says that keys are no good, or may not do this. */
const REFUSED_KEYS =
  /^(AccessDenied|ExpiredToken|InvalidSignature|UnrecognizedClient|IncompleteSignature|MissingAuthentication)/

const refusal = z.union([
  z.object({ message: z.string() }).transform(said => said.message),
  z.object({ Message: z.string() }).transform(said => said.Message),
])
const refusedText = (said: unknown): string => refusal.safeParse(said).data ?? ''

const modelError = z.object({ OriginalStatusCode: z.number().int(), OriginalMessage: z.string() })

/**
 * Turns SageMaker's answer into the model's own: takes it out of the event stream, gives a model's error its own
 * status again, and says in the gateway's words what SageMaker itself refused.
 */
export class SagemakerAnswer implements Dispatcher.DispatchHandler {
  #mode: 'plain' | 'stream' | 'error' | 'over' = 'plain'
  #status = 0
  #errorName = ''
  #held: Buffer[] = []
  #heldBytes = 0

  /** `reader`: of a call that wants a stream. */
  constructor(
    private readonly inner: Dispatcher.DispatchHandler,
    private readonly reader: EventStreamReader | null,
  ) {}

  onRequestStart(controller: Controller, context: unknown): void {
    this.inner.onRequestStart?.(controller, context)
  }

  onResponseStart(controller: Controller, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return
    this.#status = status
    const type = String(headers['content-type'] ?? '')
    if (status >= 300) {
      this.#mode = 'error'
      this.#errorName = String(headers['x-amzn-errortype'] ?? '').split(':')[0] ?? ''
      return
    }
    if (!this.reader || !type.startsWith(EVENT_STREAM)) {
      this.#begin(controller, status, [['content-type', type], lengthOf(headers)])
      return
    }
    this.#mode = 'stream'
    const inner = String(headers['x-amzn-sagemaker-content-type'] ?? 'text/event-stream')
    this.#begin(controller, status, [['content-type', inner]])
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    if (this.#mode === 'over') return
    if (this.#mode === 'plain') this.inner.onResponseData?.(controller, chunk)
    else if (this.#mode === 'error') this.#hold(chunk)
    else this.#unwrap(controller, chunk)
  }

  onResponseEnd(controller: Controller, trailers: IncomingHttpHeaders): void {
    if (this.#mode === 'over') return
    if (this.#mode === 'error' && !this.#answerError(controller)) return
    if (this.#mode === 'stream' && this.reader?.isCut) this.inner.onResponseError?.(controller, cutStream())
    else this.inner.onResponseEnd?.(controller, trailers)
  }

  onResponseError(controller: Controller, error: Error): void {
    if (this.#mode !== 'over') this.inner.onResponseError?.(controller, error)
  }

  #unwrap(controller: Controller, chunk: Buffer): void {
    try {
      for (const part of this.reader?.read(chunk) ?? []) this.inner.onResponseData?.(controller, part)
    } catch (error) {
      this.#mode = 'over'
      const failure = error instanceof Error ? error : cutStream()
      this.inner.onResponseError?.(controller, failure)
      controller.abort(failure)
    }
  }

  #hold(chunk: Buffer): void {
    this.#heldBytes += chunk.length
    if (this.#heldBytes <= MAX_ERROR_BYTES) this.#held.push(chunk)
  }

  /** False where the gateway answers by itself. */
  #answerError(controller: Controller): boolean {
    const said = parseJson(Buffer.concat(this.#held))
    const ofModel = this.#status === MODEL_ERROR ? modelError.safeParse(said) : null
    if (ofModel?.success) {
      const { OriginalStatusCode: status, OriginalMessage: message } = ofModel.data
      this.#answer(controller, status, message, parseJson(Buffer.from(message)) === null)
      return true
    }
    if (this.#status === 400 && AT_REST.test(refusedText(said))) {
      this.#answer(controller, 503, errorText(WAKING), false, [['retry-after', String(RETRY_AFTER_SECONDS)]])
      return true
    }
    if (REFUSED_KEYS.test(this.#errorName) || this.#status === 403) {
      // What other front doors say by 401: the gateway knows what to tell of an account's own trouble.
      this.#mode = 'over'
      this.inner.onResponseStart?.(withHeaders(controller, []), 401, {})
      return false
    }
    if (this.#status === 413 || this.#status === 429 || this.#status >= 500)
      this.#answer(controller, this.#status, errorText(`SageMaker answered ${this.#status}.`), false)
    else {
      const name = this.#errorName === '' ? String(this.#status) : this.#errorName
      this.#answer(controller, 502, errorText(`Bad Gateway: SageMaker refuses the call (${name}).`), false)
    }
    return true
  }

  #answer(
    controller: Controller,
    status: number,
    text: string,
    isText: boolean,
    more: (readonly [string, string])[] = [],
  ): void {
    const body = Buffer.from(text)
    this.#begin(controller, status, [
      ...more,
      ['content-type', isText ? 'text/plain; charset=utf-8' : 'application/json'],
      ['content-length', String(body.length)],
    ])
    this.inner.onResponseData?.(controller, body)
  }

  #begin(controller: Controller, status: number, headers: (readonly [string, string] | null)[]): void {
    const flat = headers.flatMap(header => header ?? [])
    this.inner.onResponseStart?.(withHeaders(controller, flat), status, {})
  }
}

const lengthOf = (headers: IncomingHttpHeaders): readonly [string, string] | null => {
  const length = headers['content-length']
  return length === undefined ? null : ['content-length', String(length)]
}

/** The same controller, with other headers than came: what SageMaker says of itself is not the caller's. */
function withHeaders(controller: Controller, rawHeaders: string[]): Controller {
  return {
    get aborted() {
      return controller.aborted
    },
    get paused() {
      return controller.paused
    },
    get reason() {
      return controller.reason
    },
    rawHeaders,
    abort: reason => controller.abort(reason),
    pause: () => controller.pause(),
    resume: () => controller.resume(),
  }
}

const errorText = (message: string): string => JSON.stringify({ error: message })

const cutStream = (): Error => Object.assign(new Error('The stream ended early.'), { code: 'UND_ERR_SOCKET' })

function parseJson(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'))
  } catch {
    return null
  }
}
