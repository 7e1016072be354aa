'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import { filterParams, type LogFilter } from '@/lib/domain/logs/filter'
import { routes } from '@/lib/routes'
import { LogSession } from './session/log-session'

type Options = {
  team: string
  endpoint: string
  filter: LogFilter
  filterKey: string
  /** The newest line when the page was read; the session begins there. */
  newest: number
  /** Only what it is when the session begins counts: choosing a line later must not open it anew. */
  around: number | null
  atMs: number | null
  /** Counts how often somebody went to a time: each begins anew there. */
  turn: number
}

/** One session per filter; closed with the page, and its stream with a hidden tab. */
export function useLogSession({ team, endpoint, filter, filterKey, newest, around, atMs, turn }: Options) {
  const make = () => {
    const fixed = filterParams(filter)
    return new LogSession({
      search: params => routes.api.logSearch(team, endpoint, { ...fixed, ...params }),
      stream: params => routes.api.logStream(team, endpoint, { ...fixed, ...params }),
      untilMs: filter.until,
    })
  }
  const key = `${team}/${endpoint}?${filterKey}#${turn}`
  const [current, setCurrent] = useState(() => ({ key, session: make() }))
  if (current.key !== key) setCurrent({ key, session: make() })
  const { session } = current

  // biome-ignore lint/correctness/useExhaustiveDependencies: the session reads its start once; later values are later starts
  useEffect(() => {
    const onVisibility = () => session.setHidden(document.visibilityState === 'hidden')
    onVisibility()
    document.addEventListener('visibilitychange', onVisibility)
    void session.open({ newest, around, atMs })
    return () => {
      document.removeEventListener('visibilitychange', onVisibility)
      session.close()
    }
  }, [session])

  const snapshot = useSyncExternalStore(session.subscribe, session.getSnapshot, session.getSnapshot)
  return { session, snapshot }
}
