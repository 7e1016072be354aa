import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'

type Controller = Dispatcher.DispatchController

/** The model answered, but not with success: its own status stands in a header. */
const MODEL_ERROR = 424
const MODEL_STATUS = 'ms-azureml-model-error-statuscode'

/** Hands Azure's answer on: a model's error gets its own status again, and a refused token may be tried anew. */
export class AzureAnswer implements Dispatcher.DispatchHandler {
  /** It is sent again: nothing of this answer is anybody's. */
  #isOver = false

  /** `onRefused`: whether the request is sent once more. */
  constructor(
    private readonly inner: Dispatcher.DispatchHandler,
    private readonly onRefused: () => boolean,
  ) {}

  onRequestStart(controller: Controller, context: unknown): void {
    this.inner.onRequestStart?.(controller, context)
  }

  onResponseStart(controller: Controller, status: number, headers: IncomingHttpHeaders): void {
    if (status === 401 && this.onRefused()) {
      this.#isOver = true
      return
    }
    this.inner.onResponseStart?.(controller, status === MODEL_ERROR ? ownStatus(headers) : status, headers)
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    if (!this.#isOver) this.inner.onResponseData?.(controller, chunk)
  }

  onResponseEnd(controller: Controller, trailers: IncomingHttpHeaders): void {
    if (!this.#isOver) this.inner.onResponseEnd?.(controller, trailers)
  }

  onResponseError(controller: Controller, error: Error): void {
    if (!this.#isOver) this.inner.onResponseError?.(controller, error)
  }
}

function ownStatus(headers: IncomingHttpHeaders): number {
  const status = Number(headers[MODEL_STATUS])
  return Number.isInteger(status) && status >= 400 && status < 600 ? status : MODEL_ERROR
}
