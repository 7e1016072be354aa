import ipaddr from 'ipaddr.js'

/** True for `10.0.0.1`, `10.0.0.0/8`, `::1` and `2001:db8::/32`. */
export function isAddressRange(text: string): boolean {
  return text.includes('/') ? ipaddr.isValidCIDR(text) : ipaddr.isValid(text)
}

/** Whether an address lies in one of the ranges; IPv4-mapped IPv6 addresses count as IPv4. */
export function isAddressInRanges(address: string, ranges: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  return ranges.some(range => {
    const [network, bits] = range.includes('/')
      ? ipaddr.parseCIDR(range)
      : [ipaddr.process(range), ipaddr.process(range).kind() === 'ipv4' ? 32 : 128]
    return (
      network.kind() === parsed.kind() && parsed.match([network, bits] as [ipaddr.IPv4 | ipaddr.IPv6, number])
    )
  })
}
