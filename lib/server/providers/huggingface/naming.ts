import { createHash } from 'node:crypto'
import type { NamedRef } from '../port'

const NAME_LENGTH = 32
const ID_LENGTH = 8

/**
 * What an endpoint is called there: our name, and enough of our id that two teams with one namespace, or a deleted
 * endpoint and its successor, never mean the same. At most 32 characters, as their API asks.
 */
export const hfName = ({ endpointId, endpointName }: NamedRef): string =>
  `${endpointName.slice(0, NAME_LENGTH - ID_LENGTH - 1).replace(/-+$/, '')}-${endpointId.slice(0, ID_LENGTH)}`

const PORTAL = 'slipway-portal:'
const ENDPOINT = 'slipway-endpoint:'
const REVISION = 'slipway-revision:'

/** What proves that something is ours, and which revision it was last given. */
export const tagsOf = (of: { portalId: string; endpointId: string; revision: number }): string[] => [
  `${PORTAL}${of.portalId}`,
  `${ENDPOINT}${of.endpointId}`,
  `${REVISION}${of.revision}`,
]

const tagValue = (tags: readonly string[], prefix: string): string | null =>
  tags.find(tag => tag.startsWith(prefix))?.slice(prefix.length) ?? null

export const isOursByTags = (tags: readonly string[], portalId: string): boolean =>
  tagValue(tags, PORTAL) === portalId

export const endpointIdOfTags = (tags: readonly string[]): string | null => tagValue(tags, ENDPOINT)

export function revisionOfTags(tags: readonly string[]): number | null {
  const revision = Number(tagValue(tags, REVISION))
  return Number.isInteger(revision) && revision > 0 ? revision : null
}

/** A replica's id in our rows: always the same for the same replica of the same endpoint. */
export function replicaIdOf(endpointId: string, name: string): string {
  const hex = createHash('sha256').update(`${endpointId}/${name}`).digest('hex')
  // The form of a UUID of version 8: made by a rule of one's own (RFC 9562).
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
