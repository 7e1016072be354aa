import { createHash } from 'node:crypto'

/** A replica's id in our rows: always the same for the same replica of the same endpoint. */
export function replicaIdOf(endpointId: string, name: string): string {
  const hex = createHash('sha256').update(`${endpointId}/${name}`).digest('hex')
  // The form of a UUID of version 8: made by a rule of one's own (RFC 9562).
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
