import { describe, expect, it } from 'vitest'
import { Sketch } from '@/lib/domain/latency/sketch'
import { HEAT_EDGES_MS, HEAT_ROWS, heatCounts } from './heat'
import { asShares, comparedWith } from './prepare-shares'
import type { PreparedChart } from './prepared'

const chart = (values: (number | null)[], fromMs: number): PreparedChart => ({
  kind: 'bars',
  unit: 'count',
  domain: [fromMs, fromMs + values.length * 10_000],
  stepSeconds: 10,
  points: values.map((all, index) => ({ t: fromMs + index * 10_000, all })),
  series: [{ key: 'all', label: 'All', color: 'red', stack: 'requests' }],
  unfinishedMs: null,
  empty: values.every(value => value === null),
})

describe('shares', () => {
  it('of a bucket sum up to one; a bucket without requests is a gap', () => {
    const counts: PreparedChart = {
      ...chart([3, 0], 0),
      points: [
        { t: 0, ok: 3, bad: 1 },
        { t: 10_000, ok: 0, bad: 0 },
      ],
      series: ['ok', 'bad'].map(key => ({ key, label: key, color: 'red', stack: 'requests' })),
    }
    expect(asShares(counts)).toMatchObject({
      unit: 'share',
      points: [
        { t: 0, ok: 0.75, bad: 0.25 },
        { t: 10_000, ok: null, bad: null },
      ],
    })
  })
})

describe('the period before', () => {
  it('lies bucket over bucket on this one, dashed and never stacked', () => {
    const compared = comparedWith(chart([1, null], 20_000), chart([5, 6], 0))
    expect(compared.points).toEqual([
      { t: 20_000, all: 1, 'before all': 5 },
      { t: 30_000, all: null, 'before all': 6 },
    ])
    expect(compared.series[1]).toEqual({
      key: 'before all',
      label: 'All, period before',
      color: 'red',
      dashed: true,
    })
    expect(comparedWith(chart([1], 0), undefined).series).toHaveLength(1)
  })
})

describe('rows of the heat map', () => {
  it('hold every request once, in the row whose ends it lies between', () => {
    const ms = [0, 0.5, 1, 3, 250, 250, 59_000, 2e6]
    const sketch = new Sketch()
    for (const value of ms) sketch.add(value * 1000)
    const counts = heatCounts(sketch)
    expect(counts).toHaveLength(HEAT_ROWS)
    const expected = new Array<number>(HEAT_ROWS).fill(0)
    for (const value of ms) {
      const row = HEAT_EDGES_MS.findIndex(edge => value <= edge)
      const at = row === -1 ? HEAT_ROWS - 1 : row
      expected[at] = (expected[at] ?? 0) + 1
    }
    expect(counts).toEqual(expected)
  })
})
