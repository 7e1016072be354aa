import ipaddr from 'ipaddr.js'
import { isAddressInRanges } from '@/lib/domain/access/address-range'

/** IPv4-mapped IPv6 (`::ffff:10.0.0.1`, what a dual-stack socket reports) as IPv4. */
const normalize = (address: string): string =>
  address.startsWith('::ffff:') && ipaddr.isValid(address) ? ipaddr.process(address).toString() : address

export type Caller = {
  address: string
  /** The request came through one of our own proxies: what it says about the client is believed. */
  viaTrustedProxy: boolean
}

/**
 * Who calls: the socket's address, and only where that is a trusted proxy the nearest address in `X-Forwarded-For`
 * that is not one. Read from the right, because everything further left may be the client's own invention.
 */
export function callerOf(
  socketAddress: string | undefined,
  forwardedFor: string | string[] | undefined,
  trustedProxies: readonly string[],
): Caller {
  const peer = normalize(socketAddress ?? '')
  if (trustedProxies.length === 0 || !isAddressInRanges(peer, trustedProxies)) {
    return { address: peer, viaTrustedProxy: false }
  }
  const hops = String(forwardedFor ?? '')
    .split(',')
    .map(hop => hop.trim())
  let address = peer
  for (const hop of hops.reverse()) {
    if (!ipaddr.isValid(hop)) break
    address = normalize(hop)
    if (!isAddressInRanges(address, trustedProxies)) break
  }
  return { address, viaTrustedProxy: true }
}
