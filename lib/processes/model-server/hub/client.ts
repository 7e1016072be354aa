import { setTimeout as sleep } from 'node:timers/promises'
import { hubErrorMessage } from './errors'
import { HubRefusal, type HubSource } from './source'

const ATTEMPTS = 4
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 10_000
const HEADERS_TIMEOUT_MS = 30_000

/** A repository's path in a URL: each part encoded, the slashes kept. */
export const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/')

/**
 * Asks the Hub, and asks again when it is busy or out of reach. The token goes to HF_ENDPOINT's host only: `fetch`
 * drops the header when a redirect leaves it, which large files do.
 * @throws HubRefusal when the Hub says no, Error when it stays out of reach
 */
export async function askHub(
  source: HubSource,
  path: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  const url = `${source.endpoint}${path}`
  const authorization: Record<string, string> = source.token
    ? { Authorization: `Bearer ${source.token}` }
    : {}
  let problem = ''
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 0) await sleep(Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS))
    const timeout = new AbortController()
    const timer = setTimeout(() => timeout.abort(), HEADERS_TIMEOUT_MS)
    try {
      const response = await fetch(url, {
        headers: { 'User-Agent': 'slipway-model-server', ...authorization, ...headers },
        signal: timeout.signal,
      })
      if (response.ok) return response
      await response.body?.cancel()
      problem = hubErrorMessage(source, response.status, response.headers)
      if (response.status < 500 && response.status !== 429) throw new HubRefusal(problem)
    } catch (error) {
      if (error instanceof HubRefusal) throw error
      problem = `${source.endpoint} cannot be reached (${causeOf(error)}).`
    } finally {
      clearTimeout(timer)
    }
  }
  throw new Error(problem)
}

/** `fetch` hides the reason ("fetch failed") in the cause. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'AbortError') return `no answer within ${HEADERS_TIMEOUT_MS / 1000} s`
  return error.cause instanceof Error ? error.cause.message || error.cause.name : error.message
}
