import { infiniteQueryOptions } from '@tanstack/react-query'
import { endpointEvents } from '@/lib/queries/endpoints'
import { browserTransport, type Transport } from '@/lib/queries/transport'

const PAGE_SIZE = 12

/**
 * A timeline in pages, newest first. The same options prefetch on the server (with its transport) and read on in
 * the browser; a page begins below the last event of the one above, so that new events push nothing out.
 */
export const eventsQuery = (team: string, endpoint: string, transport: Transport = browserTransport) =>
  infiniteQueryOptions({
    queryKey: [endpointEvents.name, { team, endpoint }, 'pages'],
    queryFn: ({ pageParam, signal }) =>
      transport(
        endpointEvents,
        { team, endpoint, limit: PAGE_SIZE, ...(pageParam === null ? {} : { before: pageParam }) },
        signal,
      ),
    initialPageParam: null as number | null,
    getNextPageParam: page => (page.hasMore ? (page.items.at(-1)?.id ?? null) : null),
  })
