import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketsOf, MAX_POINTS, RANGES } from '@/lib/domain/analytics/range'
import { FINEST_OF_TOKENS, RESOLUTIONS, ROLL_UPS } from './resolutions'
import { type Segment, segmentsOf } from './segments'
import type { Watermark } from './watermark'

const DAY_MS = 86_400_000
const nowMs = Date.UTC(2030, 4, 5, 12, 34, 56)
/** Where marks stand while a controller runs. */
const current: Watermark = Object.fromEntries(
  ROLL_UPS.map(({ target }) => [target, Math.floor((nowMs - 30_000) / (target * 1000)) * target * 1000]),
)
/** Windows that have begun: an unfinished bucket ends in the future. */
const windowsIn = (segments: Segment[]) =>
  segments.reduce((sum, { resolution, fromMs, toMs }) => {
    const lengthMs = Math.min(toMs, nowMs) - fromMs
    return sum + Math.max(0, Math.ceil(lengthMs / (resolution * 1000)))
  }, 0)

const instant = fc.integer({ min: nowMs - 400 * DAY_MS, max: nowMs })
const mark = fc
  .array(instant, { minLength: RESOLUTIONS.length, maxLength: RESOLUTIONS.length })
  .map(
    (ends): Watermark =>
      Object.fromEntries(
        RESOLUTIONS.map((resolution, index) => [
          resolution,
          Math.floor((ends[index] ?? 0) / (resolution * 1000)) * resolution * 1000,
        ]),
      ),
  )

describe('segments of a time', () => {
  it('cover it without a gap or an overlap by rows that are complete, wherever rollups stand', () => {
    fc.assert(
      fc.property(
        instant,
        instant,
        mark,
        fc.constantFrom(10, 60, 300, 3600, undefined),
        (a, b, marks, coarsest) => {
          const [fromMs, toMs] = [Math.min(a, b), Math.max(a, b)].map(ms => Math.floor(ms / 10_000) * 10_000)
          const segments = segmentsOf(
            { fromMs: fromMs ?? 0, toMs: toMs ?? 0 },
            marks,
            coarsest === undefined ? {} : { coarsest },
          )
          let at = fromMs
          for (const segment of segments) {
            expect(segment.fromMs).toBe(at)
            expect(segment.fromMs % (segment.resolution * 1000)).toBe(0)
            expect(segment.resolution).toBeLessThanOrEqual(coarsest ?? Number.POSITIVE_INFINITY)
            if (segment.resolution > 10)
              expect(segment.toMs).toBeLessThanOrEqual(marks[segment.resolution] ?? 0)
            at = segment.toMs
          }
          expect(at).toBe(toMs)
        },
      ),
    )
  })

  it.each(Object.entries(RANGES))('are few windows for %s', (_, { seconds }) => {
    const buckets = bucketsOf(nowMs - seconds * 1000, nowMs)
    const windows = windowsIn(segmentsOf(buckets, current, { coarsest: buckets.stepSeconds }))
    expect(buckets.count).toBeLessThanOrEqual(MAX_POINTS + 1)
    expect(windows).toBeLessThanOrEqual(600)
  })

  it('are a bounded number of windows for any time at all, down to the 10 s of now', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 60_000, max: 400 * DAY_MS }), (toMs, lengthMs) => {
        const buckets = bucketsOf(toMs - lengthMs, toMs)
        const limits = { coarsest: buckets.stepSeconds }
        expect(windowsIn(segmentsOf(buckets, current, limits))).toBeLessThanOrEqual(2_500)
        const ofTokens = { ...limits, finest: FINEST_OF_TOKENS }
        expect(windowsIn(segmentsOf(buckets, current, ofTokens))).toBeLessThanOrEqual(2_500)
      }),
      { numRuns: 2_000 },
    )
  })
})
