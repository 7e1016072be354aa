'use client'

import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { browserTransport, keyOf, type Resource } from '@/lib/queries/transport'

/** How long until the data is looked at again; false: only when somebody comes back to the tab. */
type Polling<Data> = { pollMs?: (data: Data) => number | false }

const polling = <Data>({ pollMs }: Polling<Data>) =>
  pollMs
    ? {
        refetchInterval: (query: { state: { data: Data | undefined } }) =>
          query.state.data === undefined ? (false as const) : pollMs(query.state.data),
      }
    : {}

/** Reads a resource the page has prefetched; suspends where it has not. */
export function useResource<Params, Data>(
  resource: Resource<Params, Data>,
  params: Params,
  options: Polling<Data> = {},
) {
  return useSuspenseQuery<Data>({
    queryKey: keyOf(resource, params),
    queryFn: ({ signal }) => browserTransport(resource, params, signal),
    ...polling(options),
  })
}

/** The same for what the page can be without at first: nothing is read until `enabled`, and nothing waits for it. */
export function useLazyResource<Params, Data>(
  resource: Resource<Params, Data>,
  params: Params,
  { enabled, ...options }: { enabled: boolean } & Polling<Data>,
) {
  return useQuery<Data>({
    queryKey: keyOf(resource, params),
    queryFn: ({ signal }) => browserTransport(resource, params, signal),
    enabled,
    ...polling(options),
  })
}
