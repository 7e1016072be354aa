import type { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import { ProviderError } from '@/lib/server/providers/port'
import { EventStreamReader } from '@/lib/server/providers/sagemaker/event-stream'
import { type InvokingAccount, invocationOf } from '@/lib/server/providers/sagemaker/invocation'
import { SagemakerAnswer } from './sagemaker-answer'

/** What undici calls a request that cannot be put into HTTP; the gateway answers 400. */
const UNSENDABLE = 'UND_ERR_NOT_SUPPORTED'

/**
 * Sends a request as an invocation: the whole body is read first, because its hash is signed, and the answer comes
 * back as the model gave it. Failures reach the handler like those of any connection.
 */
export function invoke(
  dispatcher: Dispatcher,
  door: { url: string; account: InvokingAccount; component?: string },
  options: Dispatcher.DispatchOptions,
  handler: Dispatcher.DispatchHandler,
): void {
  void (async () => {
    try {
      const body = await wholeBody(options.body)
      const received = namedHeaders(options.headers)
      const { path, headers, isStreamed } = await invocationOf(door, received, body)
      const answer = new SagemakerAnswer(handler, isStreamed ? await EventStreamReader.open() : null)
      dispatcher.dispatch({ ...options, method: 'POST', path, headers, body }, answer)
    } catch (error) {
      const cause = error instanceof Error ? error : new Error(String(error))
      // Where there are no credentials, the request is as good as any.
      const isOurs = error instanceof ProviderError
      handler.onResponseError?.(NO_CONTROLLER, isOurs ? cause : Object.assign(cause, { code: UNSENDABLE }))
    }
  })()
}

/** Nothing was sent yet: there is nothing to stop. */
export const NO_CONTROLLER: Dispatcher.DispatchController = {
  aborted: true,
  paused: false,
  reason: null,
  abort: () => {},
  pause: () => {},
  resume: () => {},
}

async function wholeBody(body: Dispatcher.DispatchOptions['body']): Promise<Buffer> {
  if (body === null || body === undefined) return Buffer.alloc(0)
  if (Buffer.isBuffer(body)) return body
  const chunks: Buffer[] = []
  for await (const chunk of body as Readable) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The gateway's flat list, by lower-case name. */
function namedHeaders(headers: Dispatcher.DispatchOptions['headers']): Map<string, string> {
  const named = new Map<string, string>()
  if (!Array.isArray(headers)) return named
  for (let at = 0; at + 1 < headers.length; at += 2) named.set(String(headers[at]), String(headers[at + 1]))
  return named
}
