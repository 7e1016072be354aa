/** As AWS has them. */
export type AwsTag = { Key?: string | undefined; Value?: string | undefined }

const PORTAL = 'slipway:portal'
const TEAM = 'slipway:team'
const ENDPOINT = 'slipway:endpoint'
const REVISION = 'slipway:revision'
const REPLICAS = 'slipway:replicas'

/** What proves that something is ours, and what Cost Explorer can group by. */
export const tagsOf = (of: {
  portalId: string
  teamSlug: string
  endpointId: string
  revision: number
  /** A number, or a range and what it is scaled by. */
  replicas: string
}): { Key: string; Value: string }[] => [
  { Key: PORTAL, Value: of.portalId },
  { Key: TEAM, Value: of.teamSlug },
  { Key: ENDPOINT, Value: of.endpointId },
  { Key: REVISION, Value: String(of.revision) },
  { Key: REPLICAS, Value: of.replicas },
]

const valueUnder = (tags: readonly AwsTag[], key: string) => tags.find(tag => tag.Key === key)?.Value ?? null

export const replicasOf = (tags: readonly AwsTag[]): string | null => valueUnder(tags, REPLICAS)

export const isOurs = (tags: readonly AwsTag[], portalId: string): boolean =>
  valueUnder(tags, PORTAL) === portalId

export const endpointIdOf = (tags: readonly AwsTag[]): string | null => valueUnder(tags, ENDPOINT)

export function revisionOf(tags: readonly AwsTag[]): number | null {
  const revision = Number(valueUnder(tags, REVISION))
  return Number.isInteger(revision) && revision > 0 ? revision : null
}
