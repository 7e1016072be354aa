import { describe, expect, it } from 'vitest'
import { classOf, classTotals, errorShare, prepareLatency, prepareRequests } from './prepare-requests'
import type { RequestCharts } from './view'

const gaps = { p50: [null, 12, null], p90: [null, 15, null], p95: [null, 16, null], p99: [null, 20, null] }
const none = { p50: null, p90: null, p95: null, p99: null }

const data: RequestCharts = {
  fromMs: 0,
  toMs: 30_000,
  stepSeconds: 10,
  count: 3,
  nowMs: 25_000,
  wholeMs: 25_000,
  sinceMs: 0,
  settledMs: 0,
  byToken: false,
  part: { requests: 0, recordsKept: 0, total: '', ttfb: '', wait: '' },
  heat: [
    [0, 0, 0],
    [0, 4, 0],
    [0, 0, 0],
    [0, 7, 1],
  ],
  statuses: [
    { status: 200, counts: [0, 5, 1] },
    { status: 201, counts: [0, 1, 0] },
    { status: 499, counts: [0, 2, 0] },
    { status: 503, counts: [0, 3, 0] },
  ],
  total: gaps,
  ttfb: gaps,
  wait: gaps,
  inFlightMax: [null, 3, 1],
  inFlightMean: [null, 1, 0.5],
  waitingMax: [null, 0, 0],
  bytesIn: [0, 10, 1],
  bytesOut: [0, 20, 2],
  tokensIn: [0, 0, 0],
  tokensOut: [0, 0, 0],
  summary: { requests: 12, total: none, ttfb: none, wait: none, recordsKept: 12 },
  gapsMs: [],
}

describe('requests', () => {
  it('stack by class, with clients that left neither success nor error', () => {
    const chart = prepareRequests(data, 'class')
    expect(chart.series.map(series => series.key)).toEqual(['2xx', '5xx', 'left'])
    expect(chart.points[1]).toEqual({ t: 10_000, '2xx': 6, '5xx': 3, left: 2 })
    expect(classTotals(data)).toEqual({ '2xx': 7, '3xx': 0, '4xx': 0, '5xx': 3, left: 2 })
    expect(errorShare(classTotals(data))).toBeCloseTo(0.3)
    expect(classOf(404)).toBe('4xx')
  })

  it('stack by single code', () => {
    expect(prepareRequests(data, 'code').points[1]).toMatchObject({ '200': 5, '201': 1, '499': 2, '503': 3 })
  })

  it('have no error share without an answer: no data is not 100 %', () => {
    expect(errorShare({ '2xx': 0, '3xx': 0, '4xx': 0, '5xx': 0, left: 4 })).toBeNull()
  })
})

describe('latency', () => {
  it('leaves a gap where nothing was asked and marks the bucket that is filling', () => {
    const chart = prepareLatency(data, 'total')
    expect(chart.points.map(point => point.p99)).toEqual([null, 20, null])
    expect(chart.unfinishedMs).toBe(20_000)
    expect(chart.domain).toEqual([0, 30_000])
  })

  it('is empty only when no bucket has a value', () => {
    const silent = { p50: [null], p90: [null], p95: [null], p99: [null] }
    expect(prepareLatency({ ...data, count: 1, total: silent }, 'total').empty).toBe(true)
    expect(prepareLatency(data, 'total').empty).toBe(false)
  })
})
