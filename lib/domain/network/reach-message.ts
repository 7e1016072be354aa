import type { Reach } from './reach'

/** What a gateway's finding means, and what to do about it. */
export function reachMessage(reach: Reach, address: string): string {
  switch (reach) {
    case 'reachable':
      return `The gateway reaches ${address}.`
    case 'name_unknown':
      return `The gateway finds no address for the name ${address}. It must run where the private link's names are known, or be given an address.`
    case 'refused':
      return `${address} refuses connections from the gateway. Check the port and the security group of the private link.`
    case 'timed_out':
      return `${address} does not answer the gateway. It must run in that network, or be routed to it; check security groups too.`
    case 'not_allowed':
      return `The gateway may not connect to ${address}: a private address, or a port other than 443, must be listed by an administrator in SLIPWAY_ALLOWED_PRIVATE_HOSTS.`
    case 'no_gateway':
      return 'No gateway could be asked whether it reaches this address: none is running, or none answered. Try again.'
  }
}
