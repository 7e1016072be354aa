import type { IncomingHttpHeaders } from 'node:http'

/** Per connection, not per message (RFC 9110 7.6.1), or set anew by us. */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
  'expect',
]

/** A replica is not trusted with the caller's credentials… */
const CREDENTIALS = ['authorization', 'cookie', 'cookie2']

/** …and must be able to trust what we say of the caller, so nobody else says it. `proxy`: CVE-2016-5385. */
const CLAIMS = [
  'forwarded',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'true-client-ip',
  'cf-connecting-ip',
  'fastly-client-ip',
  'x-original-url',
  'x-rewrite-url',
  'proxy',
]

const DROPPED = new Set([
  ...HOP_BY_HOP,
  ...CREDENTIALS,
  ...CLAIMS,
  'host',
  'content-length',
  'x-request-id',
  'via',
])

const isDropped = (name: string): boolean =>
  DROPPED.has(name) ||
  name.startsWith('x-forwarded-') ||
  // Servers with CGI roots read `x_forwarded_for` as `x-forwarded-for`.
  (name.includes('_') && isDropped(name.replaceAll('_', '-')))

export type ForwardedFacts = {
  requestId: string
  address: string
  proto: string
  host: string | undefined
  /** Bytes of the body where they are known before it is read. */
  contentLength: number | null
}

/**
 * What a replica is told, as the flat list that undici takes. `received` has lower-case names, its values were
 * checked by the parser.
 */
export function upstreamHeaders(received: IncomingHttpHeaders, facts: ForwardedFacts): string[] {
  const sent: string[] = []
  // Names that `Connection` lists are hop-by-hop too.
  const { connection } = received
  const listed =
    connection && connection !== 'keep-alive' && connection !== 'close'
      ? connection.toLowerCase().split(/\s*,\s*/)
      : null
  for (const name in received) {
    const value = received[name]
    if (value === undefined || isDropped(name) || listed?.includes(name)) continue
    sent.push(name, typeof value === 'string' ? value : value.join(', '))
  }
  sent.push(
    'x-request-id',
    facts.requestId,
    'x-forwarded-for',
    facts.address,
    'x-forwarded-proto',
    facts.proto,
  )
  if (facts.host !== undefined) sent.push('x-forwarded-host', facts.host)
  if (facts.contentLength !== null) sent.push('content-length', String(facts.contentLength))
  return sent
}
