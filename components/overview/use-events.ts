'use client'

import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { isInFlight } from '@/lib/domain/endpoint/display-state'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { eventsQuery } from './events-query'

const IN_FLIGHT_POLL_MS = 1_500
const SETTLED_POLL_MS = 15_000

/** The timeline, page by page; looked at often only while something is on its way. */
export function useEvents(team: string, endpointRef: string, endpoint: EndpointDetail) {
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useSuspenseInfiniteQuery({
    ...eventsQuery(team, endpointRef),
    refetchInterval: isInFlight(endpoint) ? IN_FLIGHT_POLL_MS : SETTLED_POLL_MS,
  })
  return {
    events: data.pages.flatMap(page => page.items),
    hasOlder: hasNextPage,
    showOlder: () => void fetchNextPage(),
    isLoadingOlder: isFetchingNextPage,
  }
}
