'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useResource } from '@/lib/client/use-resource'
import { logsPage } from '@/lib/queries/logs'
import { browserTransport, keyOf } from '@/lib/queries/transport'
import { headInput } from './head-input'

const REFRESH_MS = 10_000

export type ReplicaLook = { name: string; color: string; revision: number }

/** What is kept and who wrote it: names and colours of replicas, refreshed as new ones appear. */
export function useLogHead(team: string, endpoint: string) {
  const input = headInput(team, endpoint)
  const client = useQueryClient()
  const { data } = useResource(logsPage, input, { pollMs: () => REFRESH_MS })
  const { replicas, kept } = data
  const looks = useMemo(() => {
    // Oldest first, so that a replica keeps its colour when others join.
    const oldestFirst = [...replicas].reverse()
    return new Map<string, ReplicaLook>(
      oldestFirst.map(({ id, name, revision }, index) => [
        id,
        { name, revision, color: `var(--series-${(index % 8) + 1})` },
      ]),
    )
  }, [replicas])
  /** The newest line by now, for opening at the end anew. */
  const readNewest = async () => {
    const page = await client.fetchQuery({
      queryKey: keyOf(logsPage, input),
      queryFn: ({ signal }) => browserTransport(logsPage, input, signal),
      staleTime: 0,
    })
    return page.kept?.last ?? 0
  }
  return { newest: kept?.last ?? 0, looks, readNewest }
}
