import { expect, test } from 'vitest'
import type { PreparedChart } from '@/lib/domain/analytics/prepared'
import { PLOT } from './plot'
import { BOTTOM, placeSeries } from './plot-space'

const WIDTH = PLOT.left + PLOT.right + 100
const chart: PreparedChart = {
  kind: 'bars',
  unit: 'count',
  domain: [0, 20_000],
  stepSeconds: 10,
  unfinishedMs: null,
  empty: false,
  points: [
    { t: 0, a: 4, b: 6, line: 10 },
    { t: 10_000, a: null, b: 5, line: null },
  ],
  series: [
    { key: 'a', label: 'A', color: 'red', stack: 's' },
    { key: 'b', label: 'B', color: 'blue', stack: 's' },
    { key: 'line', label: 'Line', color: 'grey', dashed: true },
  ],
}

test('stacked series stand on each other, and on nothing where the lower one has a gap', () => {
  const { placed, yOf } = placeSeries(chart, chart.series, WIDTH, false)
  const [a, b, line] = placed
  expect(a?.places.map(({ y }) => y)).toEqual([yOf(4), null])
  expect(b?.floors).toEqual([yOf(4), BOTTOM])
  expect(b?.places.map(({ y }) => y)).toEqual([yOf(10), yOf(5)])
  expect(line?.places.map(({ y }) => y)).toEqual([yOf(10), null])
})

test('buckets fill the plot from edge to edge', () => {
  const [series] = placeSeries(chart, chart.series, WIDTH, false).placed
  expect(series?.places.map(({ left, right }) => [left, right])).toEqual([
    [PLOT.left, PLOT.left + 50],
    [PLOT.left + 50, PLOT.left + 100],
  ])
})

test('the axis reaches a limit, and the tallest stack', () => {
  const limited = placeSeries({ ...chart, limit: { value: 50, label: 'max 50' } }, chart.series, WIDTH, false)
  expect(limited.scale.shareOf(50)).toBe(1)
  const { scale } = placeSeries(chart, chart.series, WIDTH, false)
  expect(scale.shareOf(10)).toBeGreaterThan(0.8)
})

test('a hidden series is no part of its stack', () => {
  const shown = chart.series.filter(({ key }) => key !== 'a')
  expect(placeSeries(chart, shown, WIDTH, false).placed[0]?.floors).toEqual([BOTTOM, BOTTOM])
})
