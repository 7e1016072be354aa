import ipaddr from 'ipaddr.js'
import { isAddressInRanges, isAddressRange } from '@/lib/domain/access/address-range'

/** Public unicast addresses; everything else (loopback, private, link-local, metadata, reserved) is not. */
export const isPublicAddress = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'

/** Names, addresses and ranges an admin has listed in SLIPWAY_ALLOWED_PRIVATE_HOSTS. */
export type AllowedHosts = readonly string[]

/** Whether a host may be connected to at this address. */
export function mayConnect(host: string, address: string, allowed: AllowedHosts): boolean {
  return (
    isPublicAddress(address) ||
    isListed(host, allowed) ||
    isAddressInRanges(address, allowed.filter(isAddressRange))
  )
}

export const isListed = (host: string, allowed: AllowedHosts): boolean =>
  allowed.some(entry => entry.toLowerCase() === host.toLowerCase())

/** Whether an admin has listed this very host, by name, address or range. */
export const isListedHost = (host: string, allowed: AllowedHosts): boolean =>
  isListed(host, allowed) || isAddressInRanges(host, allowed.filter(isAddressRange))

/**
 * Why an address that a person entered cannot be used, as far as it can be told without resolving its name; null
 * when nothing speaks against it. A token never travels in clear text, but to hosts an admin has listed.
 */
export function urlProblem(text: string, allowed: AllowedHosts): string | null {
  const { protocol, hostname } = new URL(text)
  const host = hostname.replace(/^\[|\]$/g, '')
  const isAllowedHost = isListedHost(host, allowed)
  if (ipaddr.isValid(host) && !isPublicAddress(host) && !isAllowedHost) return privateHost(host)
  if (protocol !== 'https:' && !isAllowedHost)
    return `${host} must be called by https: the token would be readable on the way.`
  return null
}

export const privateHost = (host: string): string =>
  `${host} is a private address. An admin can allow it: SLIPWAY_ALLOWED_PRIVATE_HOSTS=${host}.`
