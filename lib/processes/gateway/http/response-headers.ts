/**
 * Never returned: per connection, or a replica's reach beyond its own answer. All endpoints share the gateway's
 * host, and cookies and these policies are per host, so one replica could set them for every other.
 */
const DROPPED = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'set-cookie',
  'set-cookie2',
  'clear-site-data',
  'strict-transport-security',
  'public-key-pins',
  'alt-svc',
  'service-worker-allowed',
  'report-to',
  'reporting-endpoints',
  'nel',
  // Ours, on every answer.
  'x-request-id',
  'x-content-type-options',
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'access-control-expose-headers',
])

/** What every answer carries, the gateway's own too. */
export const commonHeaders = (requestId: string): string[] => [
  'X-Request-Id',
  requestId,
  'Access-Control-Allow-Origin',
  '*',
  'Access-Control-Expose-Headers',
  'X-Request-Id, Retry-After',
  'X-Content-Type-Options',
  'nosniff',
]

/** Types a browser may run script in; a missing one counts, because browsers guess. */
const isActive = (contentType: string): boolean =>
  contentType === '' || /html|xml|svg|multipart|pdf/i.test(contentType)

export type AnswerHead = {
  /** Flat list for `writeHead`. */
  headers: string[]
  /** Null where the replica did not say. */
  contentLength: number | null
  contentType: string
  isEncoded: boolean
}

/** What of a replica's answer goes to the client. `raw` is the parser's flat list of names and values. */
export function answerHead(raw: readonly (Buffer | string)[], requestId: string): AnswerHead {
  const headers = commonHeaders(requestId)
  let contentLength: number | null = null
  let contentType = ''
  let isEncoded = false
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = latin1(raw[i])
    const lower = name.toLowerCase()
    if (DROPPED.has(lower)) continue
    const value = latin1(raw[i + 1])
    if (lower === 'content-length') contentLength = Number(value)
    else if (lower === 'content-type') contentType = value
    else if (lower === 'content-encoding') isEncoded = value !== 'identity'
    headers.push(name, value)
  }
  if (isActive(contentType)) headers.push('Content-Security-Policy', 'sandbox')
  return { headers, contentLength, contentType, isEncoded }
}

const latin1 = (text: Buffer | string | undefined): string =>
  typeof text === 'string' ? text : (text?.toString('latin1') ?? '')
