import { randomUUID } from 'node:crypto'
import type { RequestInfo } from '@/lib/domain/access/actor'
import { isAddressInRanges } from '@/lib/domain/access/address-range'
import { env } from '@/lib/server/env'

/** Written over every incoming request by `stampPeer`; what a client sends under this name never arrives. */
export const PEER_HEADER = 'x-slipway-peer'

const ACCEPTED_ID = /^[\w.-]{8,64}$/

/** Id and caller of a request. A readable id of the caller's own is kept, so that their logs and ours meet. */
export function requestInfo(headers: Headers): RequestInfo {
  const given = headers.get('x-request-id')
  return {
    requestId: given && ACCEPTED_ID.test(given) ? given : randomUUID(),
    address: callerAddress(
      headers.get(PEER_HEADER),
      headers.get('x-forwarded-for'),
      env().SLIPWAY_TRUSTED_PROXIES,
    ),
  }
}

/**
 * The socket's address; where that is a trusted proxy, the last address in `X-Forwarded-For` that is not one.
 * Everything before it was written by somebody we have no reason to believe.
 */
export function callerAddress(
  peer: string | null,
  forwardedFor: string | null,
  trustedProxies: readonly string[],
): string | null {
  const hops = [...(forwardedFor?.split(',').map(part => part.trim()) ?? []), ...(peer ? [peer] : [])]
  if (peer === null) return null
  for (let at = hops.length - 1; at >= 0; at--) {
    const hop = hops[at]
    if (hop && !isAddressInRanges(hop, trustedProxies)) return hop
  }
  return peer
}
