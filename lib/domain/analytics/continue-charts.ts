import { sketchFromText } from '@/lib/domain/latency/base64'
import { PERCENTILES, QUANTILE } from './percentiles'
import type { RequestCharts } from './view'

/** How long settled buckets are not asked for again: what a gateway reports late shows within this. */
const WHOLE_AGE_MS = 60_000

/** What to ask for next to have the newest: the buckets that may still change, or everything. */
export const sinceOf = (held: RequestCharts | undefined): number | undefined =>
  held &&
  held.nowMs - held.wholeMs < WHOLE_AGE_MS &&
  held.settledMs > held.fromMs &&
  held.settledMs < held.toMs
    ? held.settledMs
    : undefined

/**
 * What is held, up to where it is settled, and `newer` from there on: the same as one answer for the whole window.
 * Null when they do not fit together, because the window has moved on: then everything must be read again.
 */
export function continueCharts(held: RequestCharts, newer: RequestCharts): RequestCharts | null {
  if (newer.sinceMs === newer.fromMs) return newer
  const isSameFrame =
    held.fromMs === newer.fromMs && held.toMs === newer.toMs && held.stepSeconds === newer.stepSeconds
  if (!isSameFrame || held.settledMs !== newer.sinceMs || held.byToken !== newer.byToken) return null
  const kept = (held.settledMs - held.fromMs) / (held.stepSeconds * 1000)
  const join = <T>(before: readonly T[], after: readonly T[]): T[] => [...before.slice(0, kept), ...after]
  const percentiles = (of: 'total' | 'ttfb' | 'wait') => ({
    p50: join(held[of].p50, newer[of].p50),
    p90: join(held[of].p90, newer[of].p90),
    p95: join(held[of].p95, newer[of].p95),
    p99: join(held[of].p99, newer[of].p99),
  })
  return {
    ...newer,
    sinceMs: held.sinceMs,
    settledMs: held.settledMs,
    wholeMs: held.wholeMs,
    part: held.part,
    statuses: joinStatuses(held, newer, kept),
    heat: held.heat.map((row, index) => join(row, newer.heat[index] ?? [])),
    total: percentiles('total'),
    ttfb: percentiles('ttfb'),
    wait: percentiles('wait'),
    inFlightMax: join(held.inFlightMax, newer.inFlightMax),
    inFlightMean: join(held.inFlightMean, newer.inFlightMean),
    waitingMax: join(held.waitingMax, newer.waitingMax),
    bytesIn: join(held.bytesIn, newer.bytesIn),
    bytesOut: join(held.bytesOut, newer.bytesOut),
    tokensIn: join(held.tokensIn, newer.tokensIn),
    tokensOut: join(held.tokensOut, newer.tokensOut),
    summary: joinSummaries(held.part, newer.part),
    gapsMs: [...held.gapsMs.filter(ms => ms < held.settledMs), ...newer.gapsMs],
  }
}

function joinStatuses(held: RequestCharts, newer: RequestCharts, kept: number): RequestCharts['statuses'] {
  const zeros = (length: number) => new Array<number>(length).fill(0)
  const countsIn = (data: RequestCharts, status: number) =>
    data.statuses.find(entry => entry.status === status)?.counts
  const codes = new Set([...held.statuses, ...newer.statuses].map(entry => entry.status))
  return [...codes]
    .sort((a, b) => a - b)
    .map(status => ({
      status,
      counts: [
        ...(countsIn(held, status)?.slice(0, kept) ?? zeros(kept)),
        ...(countsIn(newer, status) ?? zeros(held.count - kept)),
      ],
    }))
    .filter(entry => entry.counts.some(count => count > 0))
}

function joinSummaries(
  before: RequestCharts['part'],
  after: RequestCharts['part'],
): RequestCharts['summary'] {
  const merged = (of: 'total' | 'ttfb' | 'wait') => {
    const sketch = sketchFromText(before[of]).merge(sketchFromText(after[of]))
    const [p50 = null, p90 = null, p95 = null, p99 = null] = PERCENTILES.map(key => {
      const us = sketch.quantile(QUANTILE[key])
      return us === null ? null : us / 1000
    })
    return { p50, p90, p95, p99 }
  }
  return {
    requests: before.requests + after.requests,
    recordsKept: before.recordsKept + after.recordsKept,
    total: merged('total'),
    ttfb: merged('ttfb'),
    wait: merged('wait'),
  }
}
