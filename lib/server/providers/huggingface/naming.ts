import type { NamedRef } from '../port'

const NAME_LENGTH = 32
const ID_LENGTH = 8

/**
 * What an endpoint is called there: our name, and enough of our id that two teams with one namespace, or a deleted
 * endpoint and its successor, never mean the same. At most 32 characters, as their API asks.
 */
export const hfName = ({ endpointId, endpointName, adopted }: NamedRef): string =>
  adopted?.name ??
  `${endpointName.slice(0, NAME_LENGTH - ID_LENGTH - 1).replace(/-+$/, '')}-${endpointId.slice(0, ID_LENGTH)}`

const PORTAL = 'slipway-portal:'
const TEAM = 'slipway-team:'
const ENDPOINT = 'slipway-endpoint:'
const REVISION = 'slipway-revision:'

type Marked = { portalId: string; teamSlug: string; endpointId: string; revision: number }

/** What proves that something is ours, and which revision it was last given. */
export const tagsOf = (of: Marked): string[] => [
  `${PORTAL}${of.portalId}`,
  `${TEAM}${of.teamSlug}`,
  `${ENDPOINT}${of.endpointId}`,
  `${REVISION}${of.revision}`,
]

const tagValue = (tags: readonly string[], prefix: string): string | null =>
  tags.find(tag => tag.startsWith(prefix))?.slice(prefix.length) ?? null

/** Some portal's. */
export const hasPortal = (tags: readonly string[]): boolean => tagValue(tags, PORTAL) !== null

export const isOursByTags = (tags: readonly string[], portalId: string): boolean =>
  tagValue(tags, PORTAL) === portalId

export const endpointIdOfTags = (tags: readonly string[]): string | null => tagValue(tags, ENDPOINT)

export function revisionOfTags(tags: readonly string[]): number | null {
  const revision = Number(tagValue(tags, REVISION))
  return Number.isInteger(revision) && revision > 0 ? revision : null
}
