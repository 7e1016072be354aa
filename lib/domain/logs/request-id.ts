import { mayNameRequests } from './plain-lines'

/** Names under which JSON logs carry the id; compared without case, dashes and underscores. */
const FIELDS = new Set(['requestid', 'reqid', 'xrequestid', 'httprequestid'])

const ID = '[A-Za-z0-9][\\w.:/+=-]{3,127}'
const NAMED = new RegExp(`\\b(?:x[-_])?(?:request|req)[-_ ]?id["']?\\s*[=:]\\s*["'\\[(]?(${ID})`, 'i')
// vLLM: "Received request chatcmpl-<id>: prompt…", "Added request cmpl-<id>-0."
const ENGINE = new RegExp(`\\b(?:Received|Added|Finished|Aborted) request (${ID})`)

const clean = (id: string): string => {
  const trimmed = id.replace(/[.:,/+=-]+$/, '')
  const engine = /^(?:chatcmpl|cmpl|embd|rerank|score|classify)-(.+?)(?:-\d{1,3})?$/.exec(trimmed)
  return engine?.[1] && engine[1].length >= 4 ? engine[1] : trimmed
}

/** The request id a text line names, without the engine's own prefix and choice number. */
export function requestIdOfText(text: string): string | null {
  // One cheap look spares nearly every line the two expressions.
  if (!mayNameRequests(text)) return null
  const id = NAMED.exec(text)?.[1] ?? ENGINE.exec(text)?.[1]
  return id ? clean(id) : null
}

/** The request id in the fields of a JSON line: at the top, or one level down as in `req: { id }`. */
export function requestIdOfFields(fields: Readonly<Record<string, unknown>>): string | null {
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string' && value.length >= 4 && value.length <= 128)
      if (FIELDS.has(name.toLowerCase().replaceAll(/[-_.]/g, ''))) return value
  }
  for (const parent of ['req', 'request', 'http']) {
    const nested = fields[parent]
    if (typeof nested !== 'object' || nested === null) continue
    const { id } = nested as { id?: unknown }
    if (typeof id === 'string' && id.length >= 4 && id.length <= 128) return id
    const deeper = requestIdOfFields(Object.fromEntries(Object.entries(nested).filter(isScalar)))
    if (deeper) return deeper
  }
  return null
}

const isScalar = ([, value]: [string, unknown]): boolean => typeof value === 'string'
