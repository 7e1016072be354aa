import { diffSpecs } from './diff'
import type { EndpointSpec } from './spec'

/**
 * Whether a spec asks for what is there at the provider already, but for its numbers, which the load may have changed
 * just now, and for what the provider knows nothing of.
 */
export function isSameSetup(theirs: EndpointSpec, ours: EndpointSpec): boolean {
  const { hardware, advanced, security } = theirs
  const { connection, scaling } = hardware
  const { tags, requestTimeoutSeconds } = advanced
  const asThere = {
    ...ours,
    security,
    hardware: { ...ours.hardware, connection, scaling },
    advanced: { ...ours.advanced, tags, requestTimeoutSeconds },
  }
  return diffSpecs(theirs, asThere).length === 0
}
