import { createConnection } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { HostPort } from '@/lib/domain/network/host-port'
import type { Reach } from '@/lib/domain/network/reach'
import { type AllowedHosts, isListedHost, mayConnect } from '@/lib/server/outbound/address-rule'
import { guardedLookup, PrivateAddress } from '@/lib/server/outbound/guarded-lookup'

const PATIENCE_MS = 5_000
const HTTPS = 443

/**
 * Whether this very process reaches a place by name and TCP. Nothing is sent and nothing read; where it may not
 * connect nothing is tried, so that nobody can look around in the gateway's network with it.
 */
export async function reach(
  { host, port }: HostPort,
  allowed: AllowedHosts,
  patienceMs = PATIENCE_MS,
): Promise<Reach> {
  const isLiteral = ipaddr.isValid(host)
  if (isLiteral && !mayConnect(host, host, allowed)) return 'not_allowed'
  if (port !== HTTPS && !isListedHost(host, allowed)) return 'not_allowed'
  return await new Promise<Reach>(resolve => {
    const socket = createConnection({ host, port, lookup: guardedLookup(allowed) })
    const end = (result: Reach) => {
      socket.destroy()
      resolve(result)
    }
    socket.setTimeout(patienceMs, () => end('timed_out'))
    socket.once('connect', () => end('reachable'))
    socket.once('error', error => end(meaningOf(error)))
  })
}

/** Of several addresses of one name that were tried, the last tells. */
function meaningOf(error: Error): Reach {
  if (error instanceof PrivateAddress) return 'not_allowed'
  const last = error instanceof AggregateError ? error.errors.at(-1) : error
  const code = last instanceof Error && 'code' in last ? last.code : undefined
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'ENODATA') return 'name_unknown'
  return code === 'ECONNREFUSED' || code === 'ECONNRESET' ? 'refused' : 'timed_out'
}
