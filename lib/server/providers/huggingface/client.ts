import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, type Dispatcher, request } from 'undici'
import { z } from 'zod'
import { urlProblem } from '@/lib/server/outbound/address-rule'
import { guardedLookup, PrivateAddress } from '@/lib/server/outbound/guarded-lookup'
import type { CallLine } from '../call-line'
import { ProviderError } from '../port'
import type { HfAccount } from './account'
import { refusalOf } from './refusal'

export type HfClientOptions = {
  log?: (line: CallLine) => void
  timeoutMs?: number
  /** Before the second try; doubles from there on. */
  retryMs?: number
}

type Call = {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  body?: unknown
  /** A body of one JSON text per line, as the Hub takes commits. */
  lines?: readonly unknown[]
  /** May be sent again when it is not known what became of it. GET, PUT and DELETE are by nature. */
  isIdempotent?: boolean
  signal?: AbortSignal
  /** Default: the endpoints API. */
  on?: 'api' | 'hub'
}

export type HfAnswer = { status: number; json: unknown; next: string | null }

const TRIES = 4
const MAX_PAUSE_MS = 5_000
const MAX_ANSWER_BYTES = 16 * 1024 * 1024
const errorBody = z.object({ error: z.union([z.string(), z.array(z.string())]) })

/** Speaks HTTP to one account. Every failure is a `ProviderError` whose message is meant for people. */
export class HfClient {
  readonly #agent: Agent
  readonly #options: Required<HfClientOptions>

  constructor(
    readonly account: HfAccount,
    { log = () => {}, timeoutMs = 15_000, retryMs = 300 }: HfClientOptions = {},
  ) {
    this.#options = { log, timeoutMs, retryMs }
    this.#agent = new Agent({
      connect: { lookup: guardedLookup(account.allowedHosts), timeout: 5_000 },
      maxResponseSize: MAX_ANSWER_BYTES,
    })
  }

  get host(): string {
    return new URL(this.account.apiUrl).host
  }

  /** Reads and parses. @throws ProviderError */
  async read<T>(path: string, schema: z.ZodType<T>, call: Call = {}): Promise<T> {
    const { json } = await this.send(path, call)
    const parsed = schema.safeParse(json)
    if (parsed.success) return parsed.data
    const where = parsed.error.issues[0]?.path.join('.') || 'its form'
    throw new ProviderError('unexpected', `${this.host} gave an answer that is not understood (${where}).`)
  }

  /** Sends, again where that is harmless and may help. @throws ProviderError; `HfRefusal` for an answer. */
  async send(path: string, call: Call = {}): Promise<HfAnswer> {
    const method = call.method ?? 'GET'
    const mayRepeat = call.isIdempotent ?? method !== 'POST'
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#once(path, method, call, attempt)
      if ('answer' in outcome) return outcome.answer
      const { error, retryAfterMs } = outcome
      const isPassing = ['rate_limited', 'unreachable', 'timeout', 'unexpected'].includes(error.code)
      // Too many requests says that nothing was done, whatever the method.
      const isHarmless = mayRepeat || error.code === 'rate_limited'
      if (!isPassing || !isHarmless || attempt >= TRIES || call.signal?.aborted) throw error
      const pauseMs = retryAfterMs ?? this.#options.retryMs * 2 ** (attempt - 1)
      await sleep(Math.min(pauseMs, MAX_PAUSE_MS) * (0.5 + Math.random() / 2), undefined, {
        ...(call.signal ? { signal: call.signal } : {}),
      }).catch(() => {})
    }
  }

  async #once(path: string, method: Dispatcher.HttpMethod, call: Call, attempt: number): Promise<Outcome> {
    const startedMs = performance.now()
    const log = (status: number | null) => {
      const ms = Math.round(performance.now() - startedMs)
      this.#options.log({ method, path: path.split('?')[0] ?? path, status, ms, attempt })
    }
    try {
      const response = await request(this.#urlOf(path, call), this.#init(method, call))
      const text = await response.body.text()
      log(response.statusCode)
      if (response.statusCode < 300) return { answer: answerOf(response.statusCode, text, response.headers) }
      const error = refusalOf(response.statusCode, sentenceOf(text), this.#hostOf(call))
      return { error, retryAfterMs: secondsOf(response.headers['retry-after']) }
    } catch (error) {
      log(null)
      return { error: this.#asProviderError(error, this.#hostOf(call)), retryAfterMs: null }
    }
  }

  #urlOf(path: string, { on = 'api' }: Call): string {
    const { apiUrl, hubUrl, allowedHosts } = this.account
    const base = on === 'api' ? apiUrl : hubUrl
    const problem = urlProblem(base, allowedHosts)
    if (problem) throw new PrivateAddress(problem)
    return `${base}${path}`
  }

  #init(method: Dispatcher.HttpMethod, { body, lines, signal }: Call) {
    const timeout = AbortSignal.timeout(this.#options.timeoutMs)
    return {
      method,
      dispatcher: this.#agent,
      // Redirects are not followed: the token belongs to this host alone.
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${this.account.token}`,
        ...(lines ? { 'content-type': 'application/x-ndjson' } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(lines ? { body: lines.map(line => JSON.stringify(line)).join('\n') } : {}),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }
  }

  #hostOf = ({ on = 'api' }: Call): string =>
    new URL(on === 'api' ? this.account.apiUrl : this.account.hubUrl).host

  #asProviderError(error: unknown, host: string): ProviderError {
    if (error instanceof ProviderError) return error
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    if (cause instanceof PrivateAddress || error instanceof PrivateAddress)
      return new ProviderError('unreachable', (cause as PrivateAddress).message, { cause: error })
    if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError'))
      return new ProviderError('timeout', `${host} did not answer in time; trying again.`, {
        cause: error,
      })
    return new ProviderError('unreachable', `${host} cannot be reached from here; trying again.`, {
      cause: error,
    })
  }
}

type Outcome = { answer: HfAnswer } | { error: ProviderError; retryAfterMs: number | null }

function answerOf(status: number, text: string, headers: Dispatcher.ResponseData['headers']): HfAnswer {
  const link = String(headers.link ?? '')
  const next = /<([^>]+)>;\s*rel="next"/.exec(link)?.[1] ?? null
  return { status, json: text === '' ? null : parseJson(text), next }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The server's own words, short enough for a sentence. */
function sentenceOf(text: string): string {
  const parsed = errorBody.safeParse(parseJson(text))
  if (!parsed.success) return ''
  const { error } = parsed.data
  return (typeof error === 'string' ? error : error.join('; ')).slice(0, 400)
}

function secondsOf(value: string | string[] | undefined): number | null {
  const seconds = Number(value)
  return value !== undefined && Number.isFinite(seconds) ? seconds * 1000 : null
}
