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

export type HfAnswer = { status: number; json: unknown; next: string | null }

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
    const base = on === 'api' ? this.account.apiUrl : this.account.hubUrl
    const { status, json, headers } = await this.#caller.send({
      url: `${base}${path}`,
      method,
      ...bodyOf(call, { accept: 'application/json', authorization: `Bearer ${this.account.token}` }),
      mayRepeat: call.isIdempotent ?? method !== 'POST',
      ...(signal ? { signal } : {}),
      refusal: (refused, said) => refusalOf(refused, sentenceOf(said), new URL(base).host),
    })
    return { status, json, next: nextOf(headers) }
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
