import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type JsonAnswer, type JsonCall, JsonCaller } from '../json-caller'
import { SCORING_SCOPE } from './account'
import { EntraTokens } from './tokens'

const LIFE_SECONDS = 3_600
const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS

/** Entra, as far as it gives tokens. */
class Entra extends JsonCaller {
  given = 0
  constructor(private readonly lifeSeconds: number) {
    super([], {})
  }
  override async send(_: JsonCall): Promise<JsonAnswer> {
    this.given += 1
    const json = { access_token: `token-${this.given}`, expires_in: this.lifeSeconds }
    return { status: 200, text: JSON.stringify(json), json, headers: {} }
  }
}

const tokensOf = (entra: Entra) =>
  new EntraTokens(
    { tenantId: 'tenant', secret: { clientId: 'app', clientSecret: 'secret' }, baseUrl: null },
    entra,
  )

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

test('a token is kept, and replaced five minutes before it ends without a refusal', async () => {
  const tokens = tokensOf(new Entra(LIFE_SECONDS))
  expect(await tokens.of(SCORING_SCOPE)).toBe('token-1')
  vi.setSystemTime(Date.now() + LIFE_SECONDS * SECOND_MS - 5 * MINUTE_MS - SECOND_MS)
  expect(await tokens.of(SCORING_SCOPE)).toBe('token-1')
  vi.setSystemTime(Date.now() + SECOND_MS)
  const asked = [tokens.of(SCORING_SCOPE), tokens.of(SCORING_SCOPE)]
  // One asks for all.
  expect(await Promise.all(asked)).toEqual(['token-2', 'token-2'])
})

test('a token that lives shorter than that is never sent twice', async () => {
  const entra = new Entra(60)
  const tokens = tokensOf(entra)
  expect([await tokens.of(SCORING_SCOPE), await tokens.of(SCORING_SCOPE)]).toEqual(['token-1', 'token-2'])
  expect(entra.given).toBe(2)
})
