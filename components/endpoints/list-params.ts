import {
  createLoader,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server'
import type { ListEndpointsInput } from '@/lib/domain/endpoint/inputs'
import { ENDPOINT_SORTS } from '@/lib/domain/endpoint/sort'
import { ENDPOINT_STATES } from '@/lib/domain/endpoint/state'

/** What of the list stands in its URL. */
export const listParams = {
  search: parseAsString.withDefault(''),
  state: parseAsArrayOf(parseAsStringLiteral(ENDPOINT_STATES)).withDefault([]),
  sort: parseAsStringLiteral(ENDPOINT_SORTS).withDefault('name'),
  direction: parseAsStringLiteral(['asc', 'desc'] as const).withDefault('asc'),
  deleted: parseAsBoolean.withDefault(false),
}

export const loadListParams = createLoader(listParams)
export type ListParams = Awaited<ReturnType<typeof loadListParams>>

/** The read behind a URL: the same object on the server and in the browser, so that both share one cache entry. */
export const listInputOf = (
  team: string,
  { search, state, sort, direction, deleted }: ListParams,
): ListEndpointsInput => ({
  team,
  sort,
  direction,
  ...(search.trim() ? { search: search.trim() } : {}),
  ...(state.length > 0 ? { states: state } : {}),
  ...(deleted ? { deleted } : {}),
})
