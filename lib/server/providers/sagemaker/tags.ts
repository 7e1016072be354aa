/** As AWS has them. */
export type AwsTag = { Key?: string | undefined; Value?: string | undefined }

const PORTAL = 'slipway:portal'
const TEAM = 'slipway:team'
const ENDPOINT = 'slipway:endpoint'
const REVISION = 'slipway:revision'
const REPLICAS = 'slipway:replicas'
const TAKEN = 'slipway:taken'

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

/** Some portal's. */
export const hasPortal = (tags: readonly AwsTag[]): boolean => valueUnder(tags, PORTAL) !== null

/** Which revision an adopted endpoint's own configuration is: its name does not tell. */
export const takenTag = (revision: number, configuration: string): { Key: string; Value: string } => ({
  Key: TAKEN,
  Value: `${revision}:${configuration}`,
})

export function takenRevision(tags: readonly AwsTag[], configuration: string): number | null {
  const [, revision, taken] = /^(\d+):(.+)$/.exec(valueUnder(tags, TAKEN) ?? '') ?? []
  return taken === configuration ? Number(revision) : null
}

export const isOurs = (tags: readonly AwsTag[], portalId: string): boolean =>
  valueUnder(tags, PORTAL) === portalId

export const endpointIdOf = (tags: readonly AwsTag[]): string | null => valueUnder(tags, ENDPOINT)

export function revisionOf(tags: readonly AwsTag[]): number | null {
  const revision = Number(valueUnder(tags, REVISION))
  return Number.isInteger(revision) && revision > 0 ? revision : null
}
