'use client'

import { notifyManager, type QueryCache, useQueryClient } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'

const failureOf = (cache: QueryCache): string | null =>
  cache
    .findAll({
      type: 'active',
      predicate: ({ state }) => state.status === 'error' && state.data !== undefined,
    })
    .at(0)?.state.error?.message ?? null

/** A poll that fails leaves its last answer on the page: then this says so, until one succeeds. */
export function StaleNote() {
  const cache = useQueryClient().getQueryCache()
  const subscribe = useCallback(
    (onChange: () => void) => cache.subscribe(notifyManager.batchCalls(onChange)),
    [cache],
  )
  const failure = useSyncExternalStore(
    subscribe,
    () => failureOf(cache),
    () => null,
  )
  if (failure === null) return null
  return (
    <p
      role="alert"
      className="fixed inset-x-3 bottom-3 z-30 mx-auto w-fit max-w-xl rounded-md border border-state-bad/40 bg-card px-4 py-2 text-sm shadow-lg"
    >
      {failure} What is shown may be old.
    </p>
  )
}
