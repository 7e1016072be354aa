import { z } from 'zod'
import { type CallerOptions, type JsonAnswer, JsonCaller, parseAnswer } from '../json-caller'
import type { HfAccount } from './account'
import { refusalOf } from './refusal'

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

export type HfAnswer = { status: number; text: string; json: unknown; next: string | null }

const errorBody = z.object({ error: z.union([z.string(), z.array(z.string())]) })

/** Speaks to Hugging Face as one account. @throws ProviderError; `HfRefusal` for an answer. */
export class HfClient {
  readonly #caller: JsonCaller

  constructor(
    readonly account: HfAccount,
    options: CallerOptions = {},
  ) {
    this.#caller = new JsonCaller(account.allowedHosts, options)
  }

  get host(): string {
    return new URL(this.account.apiUrl).host
  }

  async read<T>(path: string, schema: z.ZodType<T>, call: Call = {}): Promise<T> {
    return parseAnswer((await this.send(path, call)).json, schema, this.host)
  }

  async send(path: string, call: Call = {}): Promise<HfAnswer> {
    const { method = 'GET', signal, on = 'api' } = call
    const { status, text, json, headers } = await this.#caller.send({
      ...this.#at(on === 'api' ? this.account.apiUrl : this.account.hubUrl, path),
      method,
      ...bodyOf(call, { ...this.#token, accept: 'application/json' }),
      mayRepeat: call.isIdempotent ?? method !== 'POST',
      ...(signal ? { signal } : {}),
    })
    return { status, text, json, next: nextOf(headers) }
  }

  /** What a stream of events brings, piece by piece, until the signal. */
  listen(path: string, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
    const headers = { ...this.#token, accept: 'text/event-stream' }
    return this.#caller.open({ ...this.#at(this.account.apiUrl, path), headers, signal })
  }

  get #token() {
    return { authorization: `Bearer ${this.account.token}` }
  }

  #at(base: string, path: string) {
    const refusal = (status: number, said: unknown) => refusalOf(status, sentenceOf(said), new URL(base).host)
    return { url: `${base}${path}`, refusal }
  }
}

function bodyOf({ body, lines }: Call, headers: Record<string, string>) {
  if (lines)
    return {
      headers: { ...headers, 'content-type': 'application/x-ndjson' },
      body: lines.map(line => JSON.stringify(line)).join('\n'),
    }
  if (body === undefined) return { headers }
  return { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

const nextOf = ({ link }: JsonAnswer['headers']): string | null =>
  /<([^>]+)>;\s*rel="next"/.exec(String(link ?? ''))?.[1] ?? null

/** The server's own words, short enough for a sentence. */
function sentenceOf(json: unknown): string {
  const parsed = errorBody.safeParse(json)
  if (!parsed.success) return ''
  const { error } = parsed.data
  return (typeof error === 'string' ? error : error.join('; ')).slice(0, 400)
}
