'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import {
  renderQueryString,
  unstable_createAdapterProvider,
  type unstable_UseAdapterHook,
} from 'nuqs/adapters/custom'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import {
  createContext,
  type ReactNode,
  startTransition,
  type TransitionStartFunction,
  useCallback,
  useContext,
  useEffect,
  useTransition,
} from 'react'

/** How nuqs marks its own changes, so that its other half, the Next adapter, does not take them for a navigation. */
const NUQS = '__nuqs__'
const HISTORY_CALLS_PER_UPDATE = 3

/** What the URL is to become while Next still draws an older one; null once it is drawn. */
let asked: URLSearchParams | null = null

const StartTransition = createContext<TransitionStartFunction>(startTransition)

const newestSearch = (): URLSearchParams => new URLSearchParams(asked ?? window.location.search)

/**
 * With every commit Next writes the URL it has drawn, so a commit that began before the newest change puts an older
 * URL back for a moment. nuqs builds each change on what `location` says: a third quick click would lose the
 * second. Here it is built on what was asked for last.
 */
const useAdapter: unstable_UseAdapterHook = () => {
  const start = useContext(StartTransition)
  const updateUrl = useCallback(
    (search: URLSearchParams, { history, scroll }: { history: 'push' | 'replace'; scroll: boolean }) =>
      start(() => {
        asked = search
        const { pathname, hash } = window.location
        const url = `${pathname}${renderQueryString(search)}${hash}`
        if (history === 'push') window.history.pushState(null, NUQS, url)
        else window.history.replaceState(null, NUQS, url)
        if (scroll) window.scrollTo(0, 0)
      }),
    [start],
  )
  return {
    searchParams: useSearchParams(),
    pathname: usePathname(),
    updateUrl,
    getSearchParamsSnapshot: newestSearch,
    rateLimitFactor: HISTORY_CALLS_PER_UPDATE,
    autoResetQueueOnUpdate: false,
  }
}

const OwnAdapter = unstable_createAdapterProvider(useAdapter)

/** Lets pages keep their state in the URL. nuqs's own adapter stays around ours: it sees navigations. */
export function UrlAdapter({ children }: { children: ReactNode }) {
  const [isDrawing, start] = useTransition()
  useEffect(() => {
    if (!isDrawing) asked = null
  }, [isDrawing])
  return (
    <NuqsAdapter>
      <OwnAdapter>
        <StartTransition value={start}>{children}</StartTransition>
      </OwnAdapter>
    </NuqsAdapter>
  )
}
