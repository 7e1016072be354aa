import { z } from 'zod'
import type { JsonCaller } from '../json-caller'
import { ProviderError } from '../port'
import { type AppSecret, type AzureAccount, authorityUrl } from './account'
import { ambientToken, type Issued } from './ambient'
import { tokenRefusalOf } from './refusal'

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() })

/** A token is replaced this long before it ends, so that none ends on its way. */
const SPARE_MS = 300_000

type Token = { value: string; untilMs: number }
/** One that is asked for, and what it came to. */
type Asked = { answer: Promise<Token>; value: string | null }

/** Tokens of one app, or of the machine's own identity, kept while they hold. */
export class EntraTokens {
  readonly #asked = new Map<string, Asked>()

  constructor(
    private readonly account: Pick<AzureAccount, 'tenantId' | 'secret' | 'baseUrl'>,
    private readonly caller: JsonCaller,
  ) {}

  /** @throws ProviderError */
  async of(scope: string): Promise<string> {
    const before = this.#asked.get(scope)
    const kept = await before?.answer.catch(() => null)
    if (kept && kept.untilMs > Date.now()) return kept.value
    // One asks for all who waited with it.
    const now = this.#asked.get(scope)
    const asked = now && now !== before ? now : this.#begin(scope)
    return (await asked.answer).value
  }

  /** The next one is a new one. Of many that were sent with the same token the first to be refused says so. */
  refused(scope: string, token: string): void {
    if (this.#asked.get(scope)?.value === token) this.#asked.delete(scope)
  }

  #begin(scope: string): Asked {
    const asked: Asked = { answer: this.#ask(scope), value: null }
    this.#asked.set(scope, asked)
    asked.answer.then(
      ({ value }) => {
        asked.value = value
      },
      () => {},
    )
    return asked
  }

  async #ask(scope: string): Promise<Token> {
    const { secret } = this.account
    const { value, endsMs } =
      'ambientFor' in secret ? await ambientToken(secret.ambientFor, scope) : await this.#ofApp(secret, scope)
    return { value, untilMs: Math.max(endsMs - SPARE_MS, Date.now()) }
  }

  async #ofApp({ clientId, clientSecret }: AppSecret, scope: string): Promise<Issued> {
    const { json } = await this.caller.send({
      url: `${authorityUrl(this.account)}/${encodeURIComponent(this.account.tenantId)}/oauth2/v2.0/token`,
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
        scope,
      }).toString(),
      mayRepeat: true,
      refusal: tokenRefusalOf,
    })
    const parsed = tokenAnswer.safeParse(json)
    if (!parsed.success)
      throw new ProviderError('unexpected', 'Microsoft Entra gave an answer that is not understood.')
    const { access_token: value, expires_in: seconds } = parsed.data
    return { value, endsMs: Date.now() + seconds * 1000 }
  }
}
