import type { z } from 'zod'
import { fail, ok, type Result } from '@/lib/domain/result'
import { env } from '@/lib/server/env'

const TIMEOUT_MS = 8_000

/** The host people know, for messages: an own mirror is named as such. */
const hubName = (): string => new URL(env().HF_ENDPOINT).host

/**
 * Reads a JSON route of the Hub (or of HF_ENDPOINT) and parses it. The installation's HF_TOKEN goes along, to that
 * host only. Every failure is a sentence that says what still works.
 */
export async function readHub<T>(
  path: string,
  schema: z.ZodType<T>,
  /** An endpoint's own token where it has one; otherwise the installation's. */
  token = env().HF_TOKEN,
): Promise<Result<T>> {
  const e = env()
  const response = await fetch(`${e.HF_ENDPOINT}${path}`, {
    headers: { accept: 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => null)
  if (response === null) {
    return fail(
      'provider_unavailable',
      `${hubName()} cannot be reached from here. The sample and local folders work without it.`,
    )
  }
  if (!response.ok) return refused(response)
  const parsed = schema.safeParse(await response.json().catch(() => null))
  return parsed.success
    ? ok(parsed.data)
    : fail('provider_unavailable', `${hubName()} gave an answer that is not understood. Try again later.`)
}

function refused(response: Response): Result<never> {
  switch (response.status) {
    // The Hub answers the same for a model that does not exist: it tells strangers nothing.
    case 401:
    case 403:
      return fail(
        'provider_refused',
        'The Hub has no such model, or it is private or gated. Check the spelling; for a gated one accept its terms and set HF_TOKEN to a token that may read it.',
      )
    case 404:
      return fail('not_found', 'The Hub has no such model or revision. Check the spelling.')
    case 429: {
      const seconds = Number(response.headers.get('retry-after'))
      const when = Number.isFinite(seconds) && seconds > 0 ? `in ${seconds} s` : 'in a minute'
      return fail(
        'rate_limited',
        `${hubName()} limits how often it may be asked. Try again ${when}, or set HF_TOKEN for a higher limit.`,
      )
    }
    default:
      return fail(
        'provider_unavailable',
        `${hubName()} answered ${response.status}. Try again later; the sample and local folders work without it.`,
      )
  }
}
