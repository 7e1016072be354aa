import { describe, expect, it } from 'vitest'
import { sortFigures } from './team'
import type { EndpointFigures } from './team-view'

const row = (name: string, costUsd: number | null): EndpointFigures => ({
  id: name,
  name,
  requests: 1,
  errorShare: null,
  p95Ms: null,
  costUsd,
  costPer1000Usd: null,
  unpricedHours: 0,
  isDeleted: false,
  idleHours: 0,
})
const rows = [row('b', null), row('a', 3), row('d', 1), row('c', null)]
const names = (direction: 'asc' | 'desc') => sortFigures(rows, 'cost', direction).map(({ name }) => name)

describe('figures of a team', () => {
  it('are sorted with the unknown last, whichever way', () => {
    expect(names('asc')).toEqual(['d', 'a', 'b', 'c'])
    expect(names('desc')).toEqual(['a', 'd', 'b', 'c'])
    expect(sortFigures(rows, 'name', 'desc')[0]?.name).toBe('d')
  })
})
