/**
 * Where a request wants to go: `/{team}/{endpoint}` and what follows. Nothing is decoded: names have no characters
 * that need it, so an encoded spelling of a name is simply another, unknown one.
 */
export type Target = {
  /** `team/endpoint`, the key of the routing table. */
  name: string
  /** What the replica is asked for; begins with `/`. */
  path: string
}

/** Turns the absolute form (`GET http://host/path`) that proxies' clients send into the usual one. */
export function originForm(url: string): string {
  if (url.startsWith('/')) return url
  const scheme = /^https?:\/\/[^/?#]*/i.exec(url)
  if (!scheme) return url
  const rest = url.slice(scheme[0].length)
  return rest.startsWith('/') ? rest : `/${rest}`
}

/** The first segment: whose refusals these are when nothing more can be told. */
export function teamSlugOf(url: string): string {
  return /^\/([^/?#]*)/.exec(url)?.[1] ?? ''
}

const segmentEnd = (url: string, from: number): number => {
  for (let i = from; i < url.length; i++) {
    const code = url.charCodeAt(i)
    // / ? #
    if (code === 47 || code === 63 || code === 35) return i
  }
  return url.length
}

/** Null when the path names no endpoint. */
export function splitTarget(url: string): Target | null {
  const teamEnd = segmentEnd(url, 1)
  if (url[0] !== '/' || teamEnd === 1 || url[teamEnd] !== '/') return null
  const end = segmentEnd(url, teamEnd + 1)
  if (end === teamEnd + 1) return null
  const rest = url.slice(end)
  return { name: url.slice(1, end), path: rest.startsWith('/') ? rest : `/${rest}` }
}

/** `{id}` of a Host header `{id}.{domain}`, else null. */
export function endpointIdOfHost(host: string | undefined, domain: string | undefined): string | null {
  if (!host || !domain) return null
  const name = host.replace(/:\d*$/, '').toLowerCase()
  const suffix = `.${domain.toLowerCase()}`
  return name.endsWith(suffix) ? name.slice(0, -suffix.length) : null
}

/** A path without its query: what is written down. */
export function withoutQuery(path: string): string {
  const end = path.search(/[?#]/)
  return end === -1 ? path : path.slice(0, end)
}
