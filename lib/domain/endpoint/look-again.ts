import { isInFlight } from './display-state'
import type { DriftView } from './drift-view'
import { type DesiredState, type EndpointState, SERVING_STATES } from './state'

type Standing = {
  state: EndpointState
  desired: DesiredState
  removedAt?: string | null
  drift?: DriftView | null
  isReadOnly?: boolean
}

const IN_FLIGHT_MS = 1_500
/** A replica can crash at any time; whoever has the page before them shall not go on reading "Running". */
const SERVING_MS = 15_000

/**
 * How soon a page looks at an endpoint again by itself. Never where only a person can change it (paused, failed,
 * removed): that is seen on coming back to the tab, where everything is read anew.
 */
export function lookAgainMs(endpoint: Standing): number | false {
  if (endpoint.removedAt) return false
  if (isInFlight(endpoint)) return IN_FLIGHT_MS
  return endpoint.drift || endpoint.isReadOnly || SERVING_STATES.includes(endpoint.state) ? SERVING_MS : false
}

/** A list also changes by what is not in it yet: what others deploy, and what ends its deletion among the deleted. */
export function lookAgainAtAnyMs(endpoints: readonly Standing[]): number {
  return Math.min(SERVING_MS, ...endpoints.map(lookAgainMs).filter(wait => wait !== false))
}
