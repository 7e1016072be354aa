'use client'

import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { lookAgainMs } from '@/lib/domain/endpoint/look-again'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { eventsQuery } from './events-query'

/** The timeline, page by page; looked at again as often as the endpoint itself. */
export function useEvents(team: string, endpointRef: string, endpoint: EndpointDetail) {
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useSuspenseInfiniteQuery({
    ...eventsQuery(team, endpointRef),
    refetchInterval: lookAgainMs(endpoint),
  })
  return {
    events: data.pages.flatMap(page => page.items),
    hasOlder: hasNextPage,
    showOlder: () => void fetchNextPage(),
    isLoadingOlder: isFetchingNextPage,
  }
}
