'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => {}

/**
 * False while the server's HTML is taken over. Charts stream in after that HTML was made, and times are in the
 * viewer's zone: drawing them at once would not match it.
 */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
