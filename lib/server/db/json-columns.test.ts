import { describe, expect, it } from 'vitest'
import { rowsOf } from './json-columns'

describe('rows of columns', () => {
  it('have the values that stood at the same place', () => {
    expect(rowsOf<{ at: number; cpu: number | null }>({ at: [1, 2], cpu: [0.5, null] })).toEqual([
      { at: 1, cpu: 0.5 },
      { at: 2, cpu: null },
    ])
  })

  it('are none of a group without rows', () => {
    expect(rowsOf<{ at: number }>({ at: null })).toEqual([])
  })
})
