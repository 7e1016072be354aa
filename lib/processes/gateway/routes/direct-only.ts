import { type Refusal, refusal } from '../http/refusal'
import type { EndpointRoute } from './routing-table'

/** Why the gateway does not carry calls of an endpoint that it may not reach; null where it does. */
export function directOnly({
  name,
  calls,
  upstream,
}: Pick<EndpointRoute, 'name' | 'calls' | 'upstream'>): Refusal | null {
  if (calls?.by !== 'direct') return null
  const where = upstream
    ? `call ${upstream.url} itself, from within its private network and with credentials of its account`
    : 'its provider has not told its own address yet'
  return refusal(
    421,
    `Misdirected Request: ${name} is direct only, Slipway does not carry its calls: ${where}.`,
  )
}
