'use client'

import { useMemo, useSyncExternalStore } from 'react'
import type { LogFilter } from '@/lib/domain/logs/filter'
import { joined, type Range, textRanges } from './ranges'
import { type MarksState, RegexMarks } from './regex-marks'

export type Marks = {
  /** What to mark in a drawn text. */
  of: (text: string) => Range[]
  /** Says which texts are drawn, where marking them takes a thread of its own. */
  want: ((texts: readonly string[]) => void) | null
  /** The expression took too long: nothing of it is marked. */
  isTooSlow: boolean
}

const NOTHING: MarksState = { known: new Map(), isTooSlow: false }
const never = () => () => {}

/** Marks of what is searched for, and of the words and the request that were asked for. */
export function useMarks(filter: LogFilter): Marks {
  const regex = useMemo(
    () => (filter.regex && filter.q !== '' ? new RegexMarks(filter.q, filter.case ? 'g' : 'gi') : null),
    [filter.regex, filter.q, filter.case],
  )
  const read = regex?.getState ?? (() => NOTHING)
  const { known, isTooSlow } = useSyncExternalStore(regex?.subscribe ?? never, read, read)
  return useMemo(() => {
    const texts = [
      ...(filter.regex ? [] : [{ text: filter.q, matchCase: filter.case }]),
      ...filter.with.map(text => ({ text, matchCase: false })),
      { text: filter.request, matchCase: true },
    ].filter(({ text }) => text !== '')
    return {
      of: text =>
        regex ? joined([...textRanges(text, texts), ...(known.get(text) ?? [])]) : textRanges(text, texts),
      want: regex && (drawn => regex.want(drawn)),
      isTooSlow,
    }
  }, [filter, regex, known, isTooSlow])
}
