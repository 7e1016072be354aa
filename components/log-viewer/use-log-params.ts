'use client'

import { useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import { filterParams, isEmptyFilter, regexProblem } from '@/lib/domain/logs/filter'
import { filterOf, logParams, NO_FILTER } from './search-params'

/** The viewer's state in the URL. A changed filter lets go of the chosen line: it may not be among the lines. */
export function useLogParams() {
  const [params, setParams] = useQueryStates(logParams, { history: 'replace' })
  const written = filterOf(params)
  // Half-written expressions are shown with what is wrong; they are not sent.
  const isUsable = !written.regex || regexProblem(written.q) === null
  const filter = isUsable ? written : { ...written, q: '' }
  const key = JSON.stringify(filterParams(filter))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of the filter, whose identity changes with every render
  const stableFilter = useMemo(() => filter, [key])
  return {
    params,
    filter: stableFilter,
    filterKey: key,
    isFiltered: !isEmptyFilter(written),
    setFilter: (change: Partial<typeof params>, options?: Parameters<typeof setParams>[1]) =>
      void setParams({ ...change, line: null }, options),
    clearFilter: () => void setParams({ ...NO_FILTER, line: null }),
    /** Every line around this one, whatever the filter was. */
    showInContext: (seq: number) => void setParams({ ...NO_FILTER, line: seq }, { history: 'push' }),
    choose: (seq: number | null) => void setParams({ line: seq }),
    setZone: (zone: 'local' | 'utc') => void setParams({ zone }),
  }
}
export type LogParams = ReturnType<typeof useLogParams>
