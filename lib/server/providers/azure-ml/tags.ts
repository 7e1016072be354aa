/** As Azure has them. */
export type AzureTags = Readonly<Record<string, string | null>>

const PORTAL = 'slipway:portal'
const TEAM = 'slipway:team'
const ENDPOINT = 'slipway:endpoint'
const REVISION = 'slipway:revision'
const REPLICAS = 'slipway:replicas'
const TAKEN = 'slipway:taken'

type Marks = {
  portalId: string
  teamSlug: string
  endpointId: string
  revision: number | null
  /** A number, or a range and what it is scaled by; of deployments. */
  replicas?: string
}

/** What proves that something is ours, and what Cost Management can group by. */
export const tagsOf = ({
  portalId,
  teamSlug,
  endpointId,
  revision,
  replicas,
}: Marks): Record<string, string> => ({
  [PORTAL]: portalId,
  [TEAM]: teamSlug,
  [ENDPOINT]: endpointId,
  ...(revision === null ? {} : { [REVISION]: String(revision) }),
  ...(replicas === undefined ? {} : { [REPLICAS]: replicas }),
})

export const isOurs = (tags: AzureTags, portalId: string): boolean => tags[PORTAL] === portalId

/** Some portal's. */
export const hasPortal = (tags: AzureTags): boolean => typeof tags[PORTAL] === 'string'

/** Which revision an adopted endpoint's own deployment is: its name does not tell. */
export const takenTag = (revision: number, deployment: string): Record<string, string> => ({
  [TAKEN]: `${revision}:${deployment}`,
})

export function takenOf(tags: AzureTags): { revision: number; deployment: string } | null {
  const [, revision, deployment] = /^(\d+):(.+)$/.exec(tags[TAKEN] ?? '') ?? []
  return deployment ? { revision: Number(revision), deployment } : null
}

export const replicasOf = (tags: AzureTags): string | null => tags[REPLICAS] ?? null

export const endpointIdOf = (tags: AzureTags): string | null => tags[ENDPOINT] ?? null

export function revisionOf(tags: AzureTags): number | null {
  const revision = Number(tags[REVISION])
  return Number.isInteger(revision) && revision > 0 ? revision : null
}
