import { isInFlight } from './display-state'
import { type DesiredState, type EndpointState, SERVING_STATES } from './state'

type Standing = { state: EndpointState; desired: DesiredState; removedAt?: string | null }

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
  return SERVING_STATES.includes(endpoint.state) ? SERVING_MS : false
}

/** The same for several at once: as soon as the first of them asks for it. */
export function lookAgainAtAnyMs(endpoints: readonly Standing[]): number | false {
  const waits = endpoints.map(lookAgainMs).filter(wait => wait !== false)
  return waits.length === 0 ? false : Math.min(...waits)
}
