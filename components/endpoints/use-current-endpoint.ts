'use client'

import { useParams } from 'next/navigation'
import { useTeam } from '@/components/layout/team-context'
import { useResource } from '@/lib/client/use-resource'
import { lookAgainMs } from '@/lib/domain/endpoint/look-again'
import { endpointGet } from '@/lib/queries/endpoints'

/**
 * The endpoint of the page this stands on; looked at again as `lookAgainMs` says. `ref` is what the URL
 * calls it: its name, or its id, under which a deleted one stays readable.
 */
export function useCurrentEndpoint() {
  const team = useTeam().slug
  const { endpoint: segment } = useParams<{ endpoint: string }>()
  const ref = decodeURIComponent(segment)
  const { data: endpoint } = useResource(endpointGet, { team, endpoint: ref }, { pollMs: lookAgainMs })
  return { team, endpoint, ref }
}
