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

/** Tokens of one app, or of the machine's own identity, kept while they hold. */
export class EntraTokens {
  readonly #tokens = new Map<string, Promise<Token>>()

  constructor(
    private readonly account: Pick<AzureAccount, 'tenantId' | 'secret' | 'baseUrl'>,
    private readonly caller: JsonCaller,
  ) {}

  /** @throws ProviderError */
  async of(scope: string): Promise<string> {
    const known = this.#tokens.get(scope)
    const kept = await known?.catch(() => null)
    if (kept && kept.untilMs > Date.now()) return kept.value
    // Who found the same one missing or ended has perhaps asked already.
    const current = this.#tokens.get(scope)
    const asked = current && current !== known ? current : this.#ask(scope)
    this.#tokens.set(scope, asked)
    return (await asked).value
  }

  /** It was refused: the next one is a new one. */
  forget(scope: string): void {
    this.#tokens.delete(scope)
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
