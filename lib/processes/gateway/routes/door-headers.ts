import type { Dispatcher } from 'undici'

const NAMES_SENT = 2

/** What the caller sent under the same name gives way; whose front door it is decides. Flat lists, as undici takes them. */
export function withHeaders(
  options: Dispatcher.DispatchOptions,
  headers: readonly string[],
): Dispatcher.DispatchOptions {
  const own = new Set(headers.filter((_, at) => at % NAMES_SENT === 0))
  const given = Array.isArray(options.headers) ? options.headers : []
  const kept = given.filter((_, at) => !own.has(String(given[at - (at % NAMES_SENT)])))
  return { ...options, headers: [...kept, ...headers] }
}
