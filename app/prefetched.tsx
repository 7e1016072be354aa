import { defaultShouldDehydrateQuery, dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { keyOf, type Resource } from '@/lib/queries/transport'
import { serverTransport } from '@/lib/server/transport'

export type Read = (client: QueryClient) => Promise<void>

/** A read that a region of the page will ask for; started by `Prefetched`. */
export const read =
  <Params, Data>(resource: Resource<Params, Data>, params: Params): Read =>
  client =>
    client.prefetchQuery({
      queryKey: keyOf(resource, params),
      queryFn: () => serverTransport(resource, params),
    })

/** What a layout has read already to decide who may pass: its regions need not read it again, nor wait. */
export const held =
  <Params, Data>(resource: Resource<Params, Data>, params: Params, data: Data): Read =>
  async client => {
    client.setQueryData(keyOf(resource, params), data)
  }

/**
 * Starts the reads without waiting and hands them to the browser as they arrive: each region streams in under
 * its own Suspense, already filled.
 */
export function Prefetched({ reads, children }: { reads: readonly Read[]; children: ReactNode }) {
  const client = new QueryClient({
    defaultOptions: {
      queries: { retry: false },
      dehydrate: {
        // As text: React goes through every number of an object three times on its way to the browser.
        serializeData: JSON.stringify,
        shouldDehydrateQuery: query => defaultShouldDehydrateQuery(query) || query.state.status === 'pending',
      },
    },
  })
  for (const start of reads) void start(client)
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>
}
