'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { logsPage } from '@/lib/queries/logs'
import { browserTransport, keyOf } from '@/lib/queries/transport'
import { headInput } from './head-input'

const REFRESH_MS = 10_000

export type ReplicaLook = { name: string; color: string; revision: number }

/** What is kept and who wrote it: names and colours of replicas, refreshed as new ones appear. */
export function useLogHead(team: string, endpoint: string) {
  const input = headInput(team, endpoint)
  const client = useQueryClient()
  const head = useQuery({
    queryKey: keyOf(logsPage, input),
    queryFn: ({ signal }) => browserTransport(logsPage, input, signal),
    refetchInterval: REFRESH_MS,
    refetchIntervalInBackground: false,
    retry: 2,
  })
  const replicas = head.data?.replicas
  const looks = useMemo(() => {
    // Oldest first, so that a replica keeps its colour when others join.
    const oldestFirst = [...(replicas ?? [])].reverse()
    return new Map<string, ReplicaLook>(
      oldestFirst.map(({ id, name, revision }, index) => [
        id,
        { name, revision, color: `var(--series-${(index % 8) + 1})` },
      ]),
    )
  }, [replicas])
  /** The newest line by now, for opening at the end anew. */
  const refresh = useCallback(async () => {
    const page = await client.fetchQuery({
      queryKey: keyOf(logsPage, headInput(team, endpoint)),
      queryFn: ({ signal }) => browserTransport(logsPage, headInput(team, endpoint), signal),
      staleTime: 0,
    })
    return page.kept?.last ?? 0
  }, [client, team, endpoint])
  return { head, looks, refresh }
}
