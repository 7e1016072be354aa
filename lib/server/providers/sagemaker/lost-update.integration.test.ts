import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scaledIn, startAwsPlace } from '@/lib/testing/aws/place'
import { sagemakerSpec } from '@/lib/testing/aws/spec'
import { firstCalls } from '@/lib/testing/fault-proxy'
import { hasPython } from '@/lib/testing/pinned-python'
import { PATIENCE, reach, removeWhole, wishOf } from '@/lib/testing/wished-endpoint'
import { createSagemakerProvider } from './provider'

describe.runIf(hasPython())('an update at SageMaker whose answer is lost', () => {
  let place: Awaited<ReturnType<typeof startAwsPlace>>
  beforeAll(async () => {
    place = await startAwsPlace()
  }, 300_000)
  afterAll(() => place?.edge.stop())

  test('gets the tags that follow it, and the range they tell of, once it is seen done', async () => {
    const provider = createSagemakerProvider(place.account, { timeoutMs: 10_000 })
    const spec = sagemakerSpec()
    const first = wishOf(spec)
    await reach(provider, first, 'running')
    const scaling = { ...spec.hardware.scaling, minReplicas: 1, maxReplicas: 3, requestsPerMinute: 60 }
    const second = { ...first, revision: 2, spec: { ...spec, hardware: { ...spec.hardware, scaling } } }
    place.edge.fate = firstCalls(1, ({ path }) => path === '/UpdateEndpoint', 'lose')
    await reach(provider, second, 'running')
    const isDone = async () => {
      const { isIncomplete } = (await provider.observe(second)) ?? {}
      if (isIncomplete) await provider.apply(second)
      return isIncomplete
    }
    await expect.poll(isDone, PATIENCE).toBe(false)
    expect(await scaledIn(place.edge)).toEqual([{ variant: 'r2', between: [1, 3], aims: [60] }])
    await removeWhole(provider, second)
    expect(await place.names()).toEqual([])
  }, 90_000)
})
