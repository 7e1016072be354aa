import { describe, expect, it } from 'vitest'
import { Sketch } from '@/lib/domain/latency/sketch'
import { MERGED_UUID } from '@/lib/server/db/schema/request-rollups'
import { Delta, type DeltaLine } from './delta'
import type { Measurement } from './measurement'
import { Recorder } from './recorder'

const ENDPOINT = '00000000-0000-4000-8000-00000000000e'
const REPLICAS = ['00000000-0000-4000-8000-0000000000a1', '00000000-0000-4000-8000-0000000000a2']
const START = Date.UTC(2026, 0, 1, 12, 0, 0)

function setup(gap: 0 | 1 = 0) {
  let nowMs = START
  const recorder = new Recorder(gap, { wallMs: () => nowMs, steadyMs: () => nowMs })
  let made = 0
  const send = (over: Partial<Measurement> = {}) => {
    const activity = recorder.enter(ENDPOINT, nowMs)
    const request: Measurement = {
      endpointId: ENDPOINT,
      at: nowMs,
      requestId: `r${made++}`,
      method: 'POST',
      path: '/',
      status: 200,
      revision: 1,
      replicaId: REPLICAS[0] ?? null,
      tokenId: null,
      bytesIn: 2,
      bytesOut: 3,
      tokensIn: null,
      tokensOut: null,
      waitUs: 10,
      ttfbUs: 900,
      totalUs: 1_000,
      error: null,
      ...over,
    }
    recorder.leave(activity, request, nowMs)
  }
  return { recorder, send, pass: (ms: number) => (nowMs += ms), now: () => nowMs }
}

const folded = (lines: DeltaLine[]): DeltaLine => {
  const delta = new Delta()
  for (const line of lines) delta.fold(line)
  return delta.toLine()
}
const merged = (line: DeltaLine) => line.rollups.filter(row => row.status === 0)
const single = (line: DeltaLine) => line.rollups.filter(row => row.status !== 0)

describe('windows', () => {
  it('hold a row per revision, replica and status, and one merged over all', () => {
    const { recorder, send } = setup()
    send()
    send({ replicaId: REPLICAS[1] ?? null, totalUs: 3_000 })
    send({ replicaId: REPLICAS[1] ?? null, status: 500 })
    send({ replicaId: null, status: 503, ttfbUs: null })
    const line = folded(recorder.collect().map(each => each.line))
    expect(single(line).map(row => [row.replicaId, row.status, row.requests])).toEqual([
      [REPLICAS[0], 200, 1],
      [REPLICAS[1], 200, 1],
      [REPLICAS[1], 500, 1],
      [MERGED_UUID, 503, 1],
    ])
    expect(merged(line)).toHaveLength(1)
    expect(merged(line)[0]).toMatchObject({
      windowMs: START,
      revision: 0,
      replicaId: MERGED_UUID,
      requests: 4,
      statusCounts: { 200: 2, 500: 1, 503: 1 },
      bytesIn: 8,
      bytesOut: 12,
      recordsKept: 4,
      gapPossible: 0,
    })
    const total = Sketch.decode(Buffer.from(merged(line)[0]?.total ?? '', 'base64'))
    expect(total.count).toBe(4)
    expect(Sketch.decode(Buffer.from(merged(line)[0]?.ttfb ?? '', 'base64')).count).toBe(3)
  })

  it('say their whole state each time it changed, and nothing when it did not', () => {
    const { recorder, send, pass } = setup()
    send()
    expect(merged(folded(recorder.collect().map(each => each.line)))[0]?.requests).toBe(1)
    pass(1_000)
    expect(folded(recorder.collect().map(each => each.line)).rollups).toEqual([])
    send()
    const again = folded(recorder.collect().map(each => each.line))
    expect(merged(again)[0]?.requests).toBe(2)
    expect(again.records.map(row => row.requestId)).toEqual(['r1'])
  })

  it('end after 10 s; what ends later belongs to the next', () => {
    const { recorder, send, pass } = setup()
    send()
    pass(9_999)
    send()
    pass(1)
    send()
    const line = folded(recorder.collect().map(each => each.line))
    expect(merged(line).map(row => [row.windowMs, row.requests])).toEqual([
      [START, 2],
      [START + 10_000, 1],
    ])
  })

  it('count each request once however often they are collected', () => {
    const { recorder, send, pass } = setup()
    const lines: DeltaLine[] = []
    for (let i = 0; i < 2_000; i++) {
      send({ status: i % 70 === 0 ? 500 : 200 })
      pass(37)
      if (i % 11 === 0) lines.push(...recorder.collect().map(each => each.line))
    }
    lines.push(...recorder.collect(true).map(each => each.line))
    const line = folded([...lines, ...lines])
    const sum = (rows: { requests: number }[]) => rows.reduce((total, row) => total + row.requests, 0)
    expect(sum(merged(line))).toBe(2_000)
    expect(sum(single(line))).toBe(2_000)
    expect(sum(line.tokens)).toBe(2_000)
    expect(line.records.reduce((total, row) => total + row.weight, 0)).toBeCloseTo(2_000, 6)
  })

  it('stay open when the clock is set back', () => {
    const { recorder, send, pass } = setup()
    send()
    pass(-3_600_000)
    send()
    expect(merged(folded(recorder.collect().map(each => each.line))).map(row => row.requests)).toEqual([2])
  })

  it('say that a gap is possible in the first only', () => {
    const { recorder, send, pass } = setup(1)
    send()
    pass(10_000)
    send()
    const line = folded(recorder.collect().map(each => each.line))
    expect(merged(line).map(row => row.gapPossible)).toEqual([1, 0])
  })
})

describe('gauges', () => {
  it('are the maximum and the mean over time, also without a finished request', () => {
    const { recorder, pass, now } = setup()
    recorder.enter(ENDPOINT, now())
    const second = recorder.enter(ENDPOINT, now())
    pass(4_000)
    second.inFlight.change(-1, now())
    pass(6_000)
    const [first] = merged(folded(recorder.collect().map(each => each.line)))
    expect(first).toMatchObject({ windowMs: START, requests: 0, total: null })
    expect(first).toMatchObject({ inFlightMax: 2, inFlightMean: 1.4, waitingMax: 0, waitingMean: 0 })
  })

  it('cover the window they are in', () => {
    const { recorder, pass, now } = setup()
    const activity = recorder.enter(ENDPOINT, now())
    activity.waiting.change(1, now())
    pass(5_000)
    activity.waiting.change(-1, now())
    recorder.collect()
    pass(5_000)
    const [first] = merged(folded(recorder.collect().map(each => each.line)))
    expect(first).toMatchObject({ inFlightMax: 1, inFlightMean: 1, waitingMax: 1, waitingMean: 0.5 })
  })
})

describe('records', () => {
  it('that a fuller window no longer keeps are dropped by name', () => {
    const { recorder, send, pass } = setup()
    for (let i = 0; i < 150; i++) send()
    const early = recorder.collect().map(each => each.line)
    expect(folded(early).records).toHaveLength(150)
    for (let i = 0; i < 3_000; i++) send()
    pass(10_000)
    const late = recorder.collect().map(each => each.line)
    const line = folded([...early, ...late])
    expect(line.records).toHaveLength(210)
    expect(line.records.reduce((total, row) => total + row.weight, 0)).toBeCloseTo(3_150, 6)
    expect(merged(line)[0]?.recordsKept).toBe(210)
  })

  it('of callers that repeat a request id in one millisecond are all kept', () => {
    const { recorder, send } = setup()
    for (let i = 0; i < 5; i++) send({ requestId: 'same' })
    expect(folded(recorder.collect().map(each => each.line)).records).toHaveLength(5)
  })
})

describe('minutes', () => {
  it('close with their last window and count refusals per team', () => {
    const { recorder, send, pass } = setup()
    recorder.refuse(null, 401)
    recorder.refuse(null, 401)
    send({ status: 404 })
    pass(59_000)
    expect(recorder.collect().map(each => each.isClosed)).toEqual([false])
    pass(1_000)
    send()
    const [first, second] = recorder.collect()
    expect(first).toMatchObject({ minuteMs: START, isClosed: true })
    expect(second).toMatchObject({ minuteMs: START + 60_000, isClosed: false })
    expect(second?.line.tokens).toMatchObject([{ statusClass: 2, requests: 1, tokenId: MERGED_UUID }])
  })

  it('keep a token’s clients that left apart from its errors', () => {
    const { recorder, send } = setup()
    for (const status of [200, 404, 499, 499]) send({ status })
    const classes = recorder.collect()[0]?.line.tokens.map(row => [row.statusClass, row.requests])
    expect(classes).toEqual([
      [2, 1],
      [4, 1],
      [499, 2],
    ])
  })
})
