import type { networkInterfaces } from 'node:os'

/**
 * The address to give to others for a server that binds to `host`: bound to all addresses, it is this machine's first
 * that leads outside, for a portal on another machine would otherwise look for the logs on its own.
 */
export function reachableHost(host: string, interfaces: ReturnType<typeof networkInterfaces>): string {
  if (host !== '0.0.0.0' && host !== '::') return host
  const addresses = Object.values(interfaces).flatMap(entries => entries ?? [])
  const outside = addresses.filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
  const best = outside.find(({ family }) => family === 'IPv4') ?? (host === '::' ? outside[0] : undefined)
  return best?.address ?? '127.0.0.1'
}
