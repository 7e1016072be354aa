const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/** An address literal: a browser cannot be made to believe that a foreign name stands behind it. */
const isAddressLiteral = (hostname: string): boolean =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(hostname) || hostname.startsWith('[')

function parse(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

/**
 * Whether a request that changes something comes from our own pages. A missing `Origin` is refused: every browser
 * sends it with such requests. `Host` alone proves nothing (a name of the attacker's can point here), so it counts
 * only where it is an address or a name of this machine, and only until a public address is configured.
 */
export function isOwnOrigin(
  origin: string | null,
  host: string | null,
  portal: { url: string; isConfigured: boolean },
): boolean {
  const from = origin === null ? null : parse(origin)
  if (!from || origin !== from.origin) return false
  const own = new URL(portal.url)
  if (from.origin === own.origin) return true
  if (portal.isConfigured || from.protocol !== 'http:') return false
  if (LOOPBACK.includes(from.hostname) && from.port === own.port && LOOPBACK.includes(own.hostname))
    return true
  return from.host === host && (LOOPBACK.includes(from.hostname) || isAddressLiteral(from.hostname))
}
