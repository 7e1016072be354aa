import { expect, test } from 'vitest'
import { azureMetrics } from './answers'
import { intervalOf } from './metrics'

test.each([
  [10, 'PT1M'],
  [60, 'PT1M'],
  [61, 'PT5M'],
  [3_600, 'PT1H'],
  [1_000_000, 'P1D'],
])('%i seconds are asked for as %s', (stepSeconds, interval) => {
  expect(intervalOf(stepSeconds)).toBe(interval)
})

test('a value that Azure has not is a gap, and what a series is split by is its name', () => {
  const data = [{ timeStamp: '2026-01-01T00:00:00Z', average: 4 }, { timeStamp: '2026-01-01T00:01:00Z' }]
  const metadatavalues = [{ name: { value: 'deployment' }, value: 'rev-2' }]
  const answer = {
    value: [{ name: { value: 'RequestLatency_P50' }, timeseries: [{ metadatavalues, data }] }],
  }
  expect(azureMetrics.parse(answer)).toEqual([
    {
      metric: 'RequestLatency_P50',
      split: 'rev-2',
      points: [
        { atMs: Date.UTC(2026, 0, 1), value: 4 },
        { atMs: Date.UTC(2026, 0, 1, 0, 1), value: null },
      ],
    },
  ])
})
