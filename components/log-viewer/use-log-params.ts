'use client'

import { useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import { filterParams, isEmptyFilter, type LogFilter, regexProblem } from '@/lib/domain/logs/filter'
import { type TimeLook, zoneOf } from './format-time'
import { filterOf, logParams, NO_FILTER } from './search-params'

/**
 * The viewer's state in the URL. A changed filter lets go of the chosen line: it may not be among the lines.
 * `base` is a filter the URL does not spell out, one request's lines; what the URL says narrows it further.
 */
export function useLogParams(base: LogFilter | null) {
  const [params, setParams] = useQueryStates(logParams, { history: 'replace' })
  const written = filterOf(params)
  // Half-written expressions are shown with what is wrong; they are not sent.
  const isUsable = !written.regex || regexProblem(written.q) === null
  const usable = isUsable ? written : { ...written, q: '' }
  const filter = base ? narrowed(base, usable) : usable
  const key = JSON.stringify(filterParams(filter))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of the filter, whose identity changes with every render
  const stableFilter = useMemo(() => filter, [key])
  return {
    params,
    written,
    filter: stableFilter,
    filterKey: key,
    isFiltered: base !== null || !isEmptyFilter(written),
    setFilter: (change: Partial<typeof params>, options?: Parameters<typeof setParams>[1]) =>
      void setParams({ ...change, line: null }, options),
    /** A change that the chosen line is sure to pass: the view stays there. */
    narrow: (change: Partial<typeof params>) => void setParams(change, { history: 'push' }),
    clearFilter: () => void setParams({ ...NO_FILTER, line: null }),
    /** Every line around this one, whatever the filter was. */
    showInContext: (seq: number) => void setParams({ ...NO_FILTER, line: seq }, { history: 'push' }),
    /** Every line that passes the filter, from this time on. */
    openAt: (timeMs: number) => void setParams({ at: timeMs, line: null }, { history: 'push' }),
    choose: (seq: number | null) => void setParams({ line: seq }),
    zone: zoneOf(params.time),
    setTimeLook: (time: TimeLook) => void setParams({ time }),
  }
}
export type LogParams = ReturnType<typeof useLogParams>

const narrowed = (base: LogFilter, by: LogFilter): LogFilter => ({
  ...by,
  with: base.q === '' ? by.with : [...by.with, base.q],
  request: by.request || base.request,
  replica: by.replica.length > 0 ? by.replica : base.replica,
  since: by.since ?? base.since,
  until: by.until ?? base.until,
})
