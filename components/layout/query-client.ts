import { QueryClient } from '@tanstack/react-query'
import { httpStatusOf } from '@/lib/domain/result'
import { QueryError } from '@/lib/queries/transport'

/** A refusal stays a refusal; only what may pass by itself is tried again. */
const mayPass = (error: unknown): boolean =>
  !(error instanceof QueryError) || httpStatusOf(error.error.code) >= 500

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
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
