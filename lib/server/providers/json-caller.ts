import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, type Dispatcher, request } from 'undici'
import type { z } from 'zod'
import { type AllowedHosts, urlProblem } from '@/lib/server/outbound/address-rule'
import { guardedLookup, PrivateAddress } from '@/lib/server/outbound/guarded-lookup'
import type { CallLine } from './call-line'
import { ProviderError } from './port'

export type CallerOptions = {
  log?: (line: CallLine) => void
  timeoutMs?: number
  /** Before the second try; doubles from there on. */
  retryMs?: number
}

export type JsonCall = {
  url: string
  method: Dispatcher.HttpMethod
  headers: Readonly<Record<string, string>>
  body?: string
  /** May be sent again when it is not known what became of it. */
  mayRepeat: boolean
  signal?: AbortSignal
  refusal: (status: number, json: unknown) => ProviderError
}

type Listening = Pick<JsonCall, 'url' | 'headers' | 'refusal'> & { signal: AbortSignal }

export type JsonAnswer = {
  status: number
  text: string
  json: unknown
  headers: Dispatcher.ResponseData['headers']
}

const TRIES = 4
const MAX_PAUSE_MS = 5_000
const MAX_ANSWER_BYTES = 16 * 1024 * 1024
const TOO_MANY = 429
/** A stream that says nothing for so long is asked for anew. */
const SILENCE_MS = 120_000

type Outcome =
  | { answer: JsonAnswer }
  | { error: ProviderError; status: number | null; retryAfterMs: number | null }

/** Speaks JSON over HTTP to hosts that may be called. Every failure is a `ProviderError` meant for people. */
export class JsonCaller {
  readonly #agent: Agent
  readonly #options: Required<CallerOptions>

  constructor(
    private readonly allowedHosts: AllowedHosts,
    { log = () => {}, timeoutMs = 15_000, retryMs = 300 }: CallerOptions,
  ) {
    this.#options = { log, timeoutMs, retryMs }
    this.#agent = new Agent({
      connect: { lookup: guardedLookup(allowedHosts), timeout: 5_000 },
      maxResponseSize: MAX_ANSWER_BYTES,
    })
  }

  /** Sends, again where that is harmless and may help. @throws ProviderError */
  async send(call: JsonCall): Promise<JsonAnswer> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#once(call, attempt)
      if ('answer' in outcome) return outcome.answer
      const { error, status, retryAfterMs } = outcome
      // Too many requests says that nothing was done, whatever the method.
      const mayHelp = status === TOO_MANY || (call.mayRepeat && (status === null || status >= 500))
      if (!mayHelp || attempt >= TRIES || call.signal?.aborted) throw error
      const pauseMs = Math.min(retryAfterMs ?? this.#options.retryMs * 2 ** (attempt - 1), MAX_PAUSE_MS)
      await sleep(pauseMs * (0.5 + Math.random() / 2), undefined, {
        ...(call.signal ? { signal: call.signal } : {}),
      }).catch(() => {})
    }
  }

  /** A body as it comes, which ends with `signal`; asked for once. @throws ProviderError */
  async open({ url, headers, signal, refusal }: Listening): Promise<AsyncIterable<Buffer>> {
    const log = this.#logOf({ method: 'GET', url }, 1)
    try {
      this.#requireAllowed(url)
      const timeouts = { headersTimeout: this.#options.timeoutMs, bodyTimeout: SILENCE_MS }
      const { statusCode, body } = await request(url, {
        headers,
        signal,
        dispatcher: this.#agent,
        ...timeouts,
      })
      log(statusCode)
      if (statusCode < 300) return body
      throw refusal(statusCode, parseJson(await body.text()))
    } catch (error) {
      throw withoutAnswer(error, new URL(url).host)
    }
  }

  #logOf({ method, url }: Pick<JsonCall, 'method' | 'url'>, attempt: number) {
    const startedMs = performance.now()
    const path = url.replace(/^https?:\/\/[^/]*|\?.*$/g, '')
    return (status: number | null) =>
      this.#options.log({ method, path, status, ms: Math.round(performance.now() - startedMs), attempt })
  }

  #requireAllowed(url: string): void {
    const problem = urlProblem(url, this.allowedHosts)
    if (problem) throw new PrivateAddress(problem)
  }

  async #once(call: JsonCall, attempt: number): Promise<Outcome> {
    const { url } = call
    const log = this.#logOf(call, attempt)
    try {
      this.#requireAllowed(url)
      const { statusCode: status, headers, body } = await request(url, this.#init(call))
      const text = await body.text()
      const json = parseJson(text)
      log(status)
      if (status < 300) return { answer: { status, text, json, headers } }
      return { error: call.refusal(status, json), status, retryAfterMs: msOf(headers['retry-after']) }
    } catch (error) {
      log(null)
      return { error: withoutAnswer(error, new URL(url).host), status: null, retryAfterMs: null }
    }
  }

  #init({ method, headers, body, signal }: JsonCall) {
    const timeout = AbortSignal.timeout(this.#options.timeoutMs)
    return {
      method,
      headers,
      dispatcher: this.#agent,
      // Redirects are not followed: what proves who we are belongs to this host alone.
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...(body === undefined ? {} : { body }),
    }
  }
}

/** @throws ProviderError that names the field which is not as agreed. `place` is what people know the server by. */
export function parseAnswer<T>(json: unknown, schema: z.ZodType<T>, place: string): T {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const where = parsed.error.issues[0]?.path.join('.') || 'its form'
  throw new ProviderError('unexpected', `${place} gave an answer that is not understood (${where}).`)
}

function withoutAnswer(error: unknown, host: string): ProviderError {
  if (error instanceof ProviderError) return error
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (cause instanceof PrivateAddress) return new ProviderError('unreachable', cause.message, { cause })
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError'))
    return new ProviderError('timeout', `${host} did not answer in time; trying again.`, { cause })
  return new ProviderError('unreachable', `${host} cannot be reached from here; trying again.`, { cause })
}

/** Null for nothing, and for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return null
  }
}

function msOf(seconds: string | string[] | undefined): number | null {
  const value = Number(seconds)
  return seconds !== undefined && Number.isFinite(value) ? value * 1000 : null
}
