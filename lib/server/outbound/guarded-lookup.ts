import { lookup as resolve } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { type AllowedHosts, mayConnect, privateHost } from './address-rule'

/** A connection was refused because of where its name leads. The message is for people. */
export class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress'
}

/**
 * Resolves names for sockets and refuses private addresses: checked where the connection is made, so that a name
 * that resolves differently the second time gains nothing. Literal addresses never come here; `urlProblem` has them.
 */
export const guardedLookup =
  (allowed: AllowedHosts): LookupFunction =>
  (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0)
      const [first] = addresses
      if (!first || addresses.some(({ address }) => !mayConnect(host, address, allowed)))
        return callback(new PrivateAddress(privateHost(host)), '', 0)
      if (options.all) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
