'use client'

import { useQueryStates } from 'nuqs'
import { listParams } from './list-params'

export function useListParams() {
  const [params, setParams] = useQueryStates(listParams)
  return {
    params,
    setParams,
    isFiltered: params.search !== '' || params.state.length > 0 || params.deleted,
    clear: () => setParams({ search: null, state: null, deleted: null }),
  }
}
