'use client'

import { useLazyResource } from '@/lib/client/use-resource'
import { endpointsList } from '@/lib/queries/endpoints'

/** Those that a token of ours can call, to choose from; empty until they are read. */
export function useEndpointNames(team: string): string[] {
  const { data } = useLazyResource(endpointsList, { team }, { enabled: true })
  return data?.items.filter(endpoint => !endpoint.isDirectOnly).map(endpoint => endpoint.name) ?? []
}
