import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { scaledIn, startAwsPlace } from '@/lib/testing/aws/place'
import { sagemakerSpec } from '@/lib/testing/aws/spec'
import { firstCalls } from '@/lib/testing/fault-proxy'
import { marksFor } from '@/lib/testing/marks'
import { hasPython } from '@/lib/testing/pinned-python'
import { withScaling } from '@/lib/testing/specs'
import { PATIENCE, reach, removeWhole, wishOf } from '@/lib/testing/wished-endpoint'
import type { EndpointProvider, Wish } from '../port'
import { createSagemakerProvider } from './provider'

const LONG = 90_000
const rangeSpec = (minReplicas: number, maxReplicas: number) =>
  withScaling(sagemakerSpec(), { minReplicas, maxReplicas, requestsPerMinute: 60 })

describe.runIf(hasPython())('what scales an endpoint at SageMaker, though a call fails', () => {
  let place: Awaited<ReturnType<typeof startAwsPlace>>
  let provider: EndpointProvider
  beforeAll(async () => {
    place = await startAwsPlace()
    provider = createSagemakerProvider(place.account, { timeoutMs: 10_000 })
  }, 300_000)
  afterEach(() => place.edge.reset())
  afterAll(() => place?.edge.stop())

  /** As a controller does it: again and again until nothing is missing. */
  const settle = async (wish: Wish) => {
    await reach(provider, wish, 'running')
    const isDone = async () => {
      const { isIncomplete } = (await provider.observe(wish)) ?? {}
      if (isIncomplete) await provider.apply(wish).catch(() => {})
      return isIncomplete
    }
    await expect.poll(isDone, PATIENCE).toBe(false)
  }

  test(
    'an update whose answer was lost gets its tags, and the range they tell of, once it is seen done',
    async () => {
      const first = wishOf(sagemakerSpec())
      await reach(provider, first, 'running')
      const second = { ...first, revision: 2, spec: rangeSpec(1, 3) }
      place.edge.fate = firstCalls(1, ({ path }) => path === '/UpdateEndpoint', 'lose')
      await settle(second)
      const scaled = { variant: 'r2', between: [1, 3], aims: [60], marks: marksFor(second) }
      expect(await scaledIn(place.edge)).toEqual([scaled])
      await removeWhole(provider, second)
      expect(await place.names()).toEqual([])
    },
    LONG,
  )

  test(
    'a target that could not be tagged is tagged at the next look; keys that may not tag scale all the same',
    async () => {
      const first = wishOf(rangeSpec(1, 3))
      const busy = { status: 400, error: 'ConcurrentUpdateException: another update is at work' }
      place.edge.fate = firstCalls(1, ({ path }) => path === '/TagResource', busy)
      await settle(first)
      expect(place.edge.calls.filter(call => call === 'POST /TagResource')).toHaveLength(2)
      expect(await scaledIn(place.edge)).toMatchObject([{ aims: [60], marks: marksFor(first) }])
      place.edge.iam.forget('SlipwayTagsWhatScalesThem')
      const second = { ...first, revision: 2, spec: rangeSpec(2, 4) }
      await settle(second)
      expect(await scaledIn(place.edge)).toEqual([{ variant: 'r2', between: [2, 4], aims: [60], marks: {} }])
      await removeWhole(provider, second)
    },
    LONG,
  )
})
