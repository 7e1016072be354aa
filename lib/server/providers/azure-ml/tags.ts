/** As Azure has them. */
export type AzureTags = Readonly<Record<string, string | null>>

const PORTAL = 'slipway:portal'
const TEAM = 'slipway:team'
const ENDPOINT = 'slipway:endpoint'
const REVISION = 'slipway:revision'

type Marks = { portalId: string; teamSlug: string; endpointId: string; revision: number | null }

/** What proves that something is ours, and what Cost Management can group by. */
export const tagsOf = ({ portalId, teamSlug, endpointId, revision }: Marks): Record<string, string> => ({
  [PORTAL]: portalId,
  [TEAM]: teamSlug,
  [ENDPOINT]: endpointId,
  ...(revision === null ? {} : { [REVISION]: String(revision) }),
})

export const isOurs = (tags: AzureTags, portalId: string): boolean => tags[PORTAL] === portalId

export const endpointIdOf = (tags: AzureTags): string | null => tags[ENDPOINT] ?? null

export function revisionOf(tags: AzureTags): number | null {
  const revision = Number(tags[REVISION])
  return Number.isInteger(revision) && revision > 0 ? revision : null
}
