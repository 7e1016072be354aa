'use client'

import { useParams } from 'next/navigation'
import { useTeam } from '@/components/layout/team-context'
import { useResource } from '@/lib/client/use-resource'
import { isInFlight } from '@/lib/domain/endpoint/display-state'
import { endpointGet } from '@/lib/queries/endpoints'

const IN_FLIGHT_POLL_MS = 1_500
const SETTLED_POLL_MS = 15_000

/**
 * The endpoint of the page this stands on; looked at often only while something is on its way. `ref` is what the URL
 * calls it: its name, or its id, under which a deleted one stays readable.
 */
export function useCurrentEndpoint() {
  const team = useTeam().slug
  const { endpoint: segment } = useParams<{ endpoint: string }>()
  const ref = decodeURIComponent(segment)
  const { data: endpoint } = useResource(
    endpointGet,
    { team, endpoint: ref },
    {
      pollMs: ({ state, desired }) => (isInFlight({ state, desired }) ? IN_FLIGHT_POLL_MS : SETTLED_POLL_MS),
    },
  )
  return { team, endpoint, ref }
}
