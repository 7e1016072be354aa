import { QueryCache, QueryClient } from '@tanstack/react-query'
import { leaveForSignIn } from '@/lib/client/use-action'
import { httpStatusOf } from '@/lib/domain/result'
import { QueryError } from '@/lib/queries/transport'

/** A refusal stays a refusal; only what may pass by itself is tried again. */
const mayPass = (error: unknown): boolean =>
  !(error instanceof QueryError) || httpStatusOf(error.error.code) >= 500

/** A poll may be the first to learn that the session has ended. */
function leaveWhenSignedOut(error: unknown): void {
  if (typeof window === 'undefined') return
  if (error instanceof QueryError && error.error.code === 'unauthenticated') leaveForSignIn()
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    defaultOptions: {
      // The other half stands in `app/prefetched.tsx`.
      hydrate: { deserializeData: JSON.parse },
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures < 2 && mayPass(error),
        refetchOnWindowFocus: true,
        // Polls stop in a hidden tab and catch up when it is looked at again.
        refetchIntervalInBackground: false,
      },
    },
  })
}
