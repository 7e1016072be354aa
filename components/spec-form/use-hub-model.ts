'use client'

import { useQuery } from '@tanstack/react-query'
import { hubModel } from '@/lib/queries/hub'
import { browserTransport, keyOf } from '@/lib/queries/transport'

type Options = { team: string; repository: string; revision?: string; enabled?: boolean }

/** One model as the Hub has it; a refusal is shown at once, since the Hub counts every question. */
export function useHubModel({ team, repository, revision = 'main', enabled = true }: Options) {
  const input = { team, repository, revision }
  return useQuery({
    queryKey: keyOf(hubModel, input),
    queryFn: ({ signal }) => browserTransport(hubModel, input, signal),
    enabled,
    staleTime: 60_000,
    retry: false,
  })
}
