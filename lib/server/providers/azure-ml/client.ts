import type { z } from 'zod'
import { type CallerOptions, type JsonAnswer, JsonCaller, parseAnswer } from '../json-caller'
import { ProviderError } from '../port'
import { type AzureAccount, MANAGEMENT_SCOPE, managementUrl, pricesUrl } from './account'
import { AzureRefusal, refusalOf } from './refusal'
import { EntraTokens } from './tokens'

/** Of `Microsoft.MachineLearningServices`; what the tests' schemas are written from. */
const API_VERSION = '2024-10-01'

type Call = {
  method?: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE'
  body?: unknown
  query?: Readonly<Record<string, string>>
  /** Of services besides Machine Learning. */
  version?: string
  signal?: AbortSignal
}
type Page<T> = { value: readonly T[]; nextLink?: string | null | undefined }

/** Speaks to Azure's Resource Manager as one app. @throws ProviderError; `AzureRefusal` for an answer. */
export class AzureClient {
  readonly #caller: JsonCaller
  readonly #tokens: EntraTokens

  constructor(
    readonly account: AzureAccount,
    options: CallerOptions = {},
  ) {
    this.#caller = new JsonCaller(account.allowedHosts, options)
    this.#tokens = new EntraTokens(account, this.#caller)
  }

  get place(): string {
    const { baseUrl, region } = this.account
    return baseUrl === null ? `Azure in ${region}` : new URL(baseUrl).host
  }

  async read<T>(path: string, schema: z.ZodType<T>, call: Call = {}): Promise<T> {
    return parseAnswer((await this.send(path, call)).json, schema, this.place)
  }

  /** Null for what is not there. */
  async find<T>(path: string, schema: z.ZodType<T>, call: Call = {}): Promise<T | null> {
    try {
      return await this.read(path, schema, call)
    } catch (error) {
      if (error instanceof AzureRefusal && error.isMissing) return null
      throw error
    }
  }

  /** Every page of a list; nothing for a list that is not there. */
  async list<T>(path: string, schema: z.ZodType<Page<T>>, call: Call = {}): Promise<T[]> {
    const found: T[] = []
    let url: string | null = this.#urlOf(path, call)
    while (url) {
      const page: Page<T> | null = await this.#to(url, call)
        .then(({ json }) => parseAnswer(json, schema, this.place))
        .catch(nullIfMissing)
      found.push(...(page?.value ?? []))
      url = page?.nextLink ? this.#requireOwn(page.nextLink) : null
    }
    return found
  }

  send(path: string, call: Call = {}): Promise<JsonAnswer> {
    return this.#to(this.#urlOf(path, call), call)
  }

  /** What a long operation has come to, at the address it was given. */
  async follow<T>(url: string, schema: z.ZodType<T>): Promise<T> {
    return parseAnswer((await this.#to(this.#requireOwn(url), {})).json, schema, this.place)
  }

  /** Whether Entra gives the app tokens for this at all. */
  async requireToken(scope: string): Promise<void> {
    await this.#tokens.of(scope)
  }

  /** Microsoft's public price list, which knows no account. */
  async prices<T>(pathAndQuery: string, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
    const { json } = await this.#caller.send({
      url: `${pricesUrl(this.account)}${pathAndQuery}`,
      method: 'GET',
      headers: { accept: 'application/json' },
      mayRepeat: true,
      ...(signal ? { signal } : {}),
      refusal: (status, said) => refusalOf(status, said, 'Azure’s price list'),
    })
    return parseAnswer(json, schema, this.place)
  }

  async #to(url: string, call: Call): Promise<JsonAnswer> {
    const token = await this.#tokens.of(MANAGEMENT_SCOPE)
    try {
      return await this.#once(url, call, token)
    } catch (error) {
      // Perhaps only the token has ended, or was withdrawn: a new one shows whether it is the app.
      if (!(error instanceof AzureRefusal) || error.status !== 401) throw error
      this.#tokens.refused(MANAGEMENT_SCOPE, token)
      return await this.#once(url, call, await this.#tokens.of(MANAGEMENT_SCOPE))
    }
  }

  #once(url: string, { method = 'GET', body, signal }: Call, token: string): Promise<JsonAnswer> {
    return this.#caller.send({
      url,
      method,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // The only things posted here are questions.
      mayRepeat: true,
      ...(signal ? { signal } : {}),
      refusal: (status, json) => refusalOf(status, json, this.place),
    })
  }

  #urlOf(path: string, { query = {}, version = API_VERSION }: Call): string {
    const search = new URLSearchParams({ 'api-version': version, ...query })
    return `${managementUrl(this.account)}${path}?${search}`
  }

  /** An address that came in an answer: the token goes nowhere else. */
  #requireOwn(url: string): string {
    if (URL.canParse(url) && new URL(url).origin === new URL(managementUrl(this.account)).origin) return url
    throw new ProviderError('unexpected', `${this.place} points to another server. Nothing was sent there.`)
  }
}

/** Null for a refusal that says that it is not there. */
function nullIfMissing(error: unknown): null {
  if (error instanceof AzureRefusal && error.isMissing) return null
  throw error
}
