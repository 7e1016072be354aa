'use client'

import { useDeferredValue, useSyncExternalStore } from 'react'

const never = () => () => {}

/**
 * False while the server's HTML is taken over. Charts stream in after that HTML was made, and times are in the
 * viewer's zone: drawing them at once would not match it. Deferred, so that what is drawn then is drawn in slices
 * between which the browser answers.
 */
export const useHydrated = (): boolean =>
  useDeferredValue(
    useSyncExternalStore(
      never,
      () => true,
      () => false,
    ),
  )
