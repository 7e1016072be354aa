import { describe, expect, it } from 'vitest'
import type { Measurement } from './measurement'
import { ErrorBudget, type KeptRecord, RecordSampler } from './record-sampler'

const request = (over: Partial<Measurement>): Measurement => ({
  endpointId: 'e',
  at: 0,
  requestId: '',
  method: 'POST',
  path: '/',
  status: 200,
  revision: 1,
  replicaId: 'r',
  tokenId: null,
  bytesIn: 0,
  bytesOut: 0,
  tokensIn: null,
  tokensOut: null,
  waitUs: 0,
  ttfbUs: 1,
  totalUs: 1000,
  error: null,
  ...over,
})

const keptOf = (requests: Measurement[], budget = new ErrorBudget(), windowMs = 0): KeptRecord[] => {
  const sampler = new RecordSampler(budget, windowMs)
  for (const each of requests) sampler.offer(each)
  return sampler.kept()
}
const many = (count: number, over: (i: number) => Partial<Measurement> = () => ({})) =>
  Array.from({ length: count }, (_, i) => request({ requestId: String(i), ...over(i) }))
const weightOf = (kept: KeptRecord[]) => kept.reduce((sum, each) => sum + each.weight, 0)

describe('request records', () => {
  it('are all kept up to 200, errors without a limit of their own', () => {
    const kept = keptOf(many(200, i => ({ status: i % 2 ? 500 : 200 })))
    expect(kept).toHaveLength(200)
    expect(kept.every(each => each.reason === 'all' && each.weight === 1)).toBe(true)
  })

  it('above that stand together for every request', () => {
    const kept = keptOf(many(5_000, i => ({ status: i % 100 === 0 ? 503 : 200, totalUs: i })))
    expect(weightOf(kept)).toBeCloseTo(5_000, 6)
    expect(kept.length).toBeLessThanOrEqual(200 + 10 + 100)
  })

  it('hold the slowest, wherever in the window they came', () => {
    const slow = new Set([3, 150, 260, 4_000])
    const kept = keptOf(many(5_000, i => ({ totalUs: slow.has(i) ? 9_000_000 + i : 1_000 })))
    const found = kept.filter(each => each.reason === 'slow').map(each => Number(each.request.requestId))
    for (const id of slow) expect(found).toContain(id)
  })

  it('hold at most 100 errors per code and minute, and count the rest', () => {
    const budget = new ErrorBudget()
    const errors = () => many(1_000, i => ({ status: i % 2 ? 500 : 502 }))
    const first = keptOf(errors(), budget, 0)
    expect(first).toHaveLength(200)
    expect(weightOf(first)).toBeCloseTo(1_000, 6)
    expect(keptOf(errors(), budget, 10_000)).toHaveLength(0)
    expect(keptOf(errors(), budget, 60_000)).toHaveLength(200)
  })

  it('are a uniform sample of the rest', () => {
    let firstHalf = 0
    for (let round = 0; round < 20; round++) {
      const kept = keptOf(many(2_000)).filter(each => each.reason === 'sample')
      firstHalf += kept.filter(each => Number(each.request.requestId) < 1_000).length
    }
    // 4,000 draws at one half: five standard deviations are 158.
    expect(Math.abs(firstHalf - 2_000)).toBeLessThan(158)
  })

  it('never count clients that left as errors', () => {
    expect(keptOf(many(300, () => ({ status: 499 }))).some(each => each.reason === 'error')).toBe(false)
  })
})
