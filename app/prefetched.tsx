import { defaultShouldDehydrateQuery, dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { keyOf, type Resource } from '@/lib/queries/transport'
import { serverTransport } from '@/lib/server/transport'

/** Begins at once, or once `after` has resolved. */
export type Read = (client: QueryClient, after?: Promise<unknown>) => Promise<void>

/** A read that a region of the page will ask for; started by `Prefetched`. */
export const read =
  <Params, Data>(resource: Resource<Params, Data>, params: Params): Read =>
  (client, after) =>
    client.prefetchQuery({
      queryKey: keyOf(resource, params),
      queryFn: async () => {
        await after
        return await serverTransport(resource, params)
      },
    })

/** What a layout has read already to decide who may pass: its regions need not read it again, nor wait. */
export const held =
  <Params, Data>(resource: Resource<Params, Data>, params: Params, data: Data): Read =>
  async client => {
    client.setQueryData(keyOf(resource, params), data)
  }

type Props = {
  reads: readonly Read[]
  /** What is not in sight first: read once the others are, which it would only hold up. */
  later?: readonly Read[]
  /** What the frame waits for: heavy reads begin after it, or they would hold up the page's first byte. */
  after?: Promise<unknown>
  children: ReactNode
}

/**
 * Starts the reads without waiting and hands them to the browser as they arrive: each region streams in under
 * its own Suspense, already filled.
 */
export function Prefetched({ reads, later = [], after, children }: Props) {
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
  const first = Promise.all(reads.map(start => start(client, after)))
  for (const start of later) void start(client, first)
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>
}
