import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { REGION } from '@/lib/testing/aws/edge'
import { scaleCopies, scaledIn, startAwsPlace } from '@/lib/testing/aws/place'
import { restingSpec, sagemakerSpec } from '@/lib/testing/aws/spec'
import { firstCalls } from '@/lib/testing/fault-proxy'
import { marksFor } from '@/lib/testing/marks'
import { hasPython } from '@/lib/testing/pinned-python'
import { readLogs } from '@/lib/testing/provider-logs'
import { PATIENCE, reach, removeWhole, wishOf } from '@/lib/testing/wished-endpoint'
import type { EndpointProvider, Wish } from '../port'
import { AwsClients } from './clients'
import { alarmOf } from './component-scaling'
import { revisionNameOf } from './naming'
import { createSagemakerProvider } from './provider'

const LONG = 90_000

describe.runIf(hasPython())('an endpoint that scales to zero at SageMaker, on moto', () => {
  let place: Awaited<ReturnType<typeof startAwsPlace>>
  let provider: EndpointProvider
  beforeAll(async () => {
    place = await startAwsPlace()
    provider = createSagemakerProvider(place.account, { logPollMs: 50, logSettleMs: 0, timeoutMs: 10_000 })
  }, 300_000)
  afterEach(() => place.edge.reset())
  afterAll(() => place?.edge.stop())

  /** As a controller does it: again and again until nothing is missing. */
  const settle = async (wish: Wish, state = 'running') => {
    await reach(provider, wish, state)
    const isDone = async () => {
      const { isIncomplete } = (await provider.observe(wish)) ?? {}
      if (isIncomplete) await provider.apply(wish).catch(() => {})
      return isIncomplete
    }
    await expect.poll(isDone, PATIENCE).toBe(false)
    const seen = await provider.observe(wish)
    if (!seen) throw new Error('settled on nothing')
    return seen
  }
  const scale = (wish: Wish, count: number) =>
    scaleCopies(place.edge, revisionNameOf(wish, wish.revision), count)
  const alarms = async () =>
    (await place.edge.moto.ask(REGION, 'GraniteServiceVersion20100801.DescribeAlarms', {})).json
      .MetricAlarms as Record<string, unknown>[]
  const created = () => place.edge.calls.filter(call => call.endsWith('/CreateInferenceComponent')).length
  const living = () => place.edge.hosting.livingInstances

  test(
    'runs, rests, wakes, is updated, pauses, resumes, and leaves nothing',
    async () => {
      const wish = wishOf(restingSpec({ GREETING: 'one' }))
      const seen = await settle(wish)
      expect(seen).toMatchObject({ revision: 1, readyReplicas: 1, targetReplicas: 1, errorMessage: null })
      expect(await (await place.ask(seen.address, '/env')).json()).toMatchObject({ GREETING: 'one' })
      expect(seen.setup?.scaling).toEqual(wish.spec.hardware.scaling)
      const marks = marksFor(wish)
      expect(await scaledIn(place.edge)).toEqual([{ variant: 'copies', between: [0, 2], aims: [60], marks }])
      expect(await place.marks()).toEqual([marks, marks, marks, marks])
      expect((await alarms()).map(({ Tags: _, ...alarm }) => alarm)).toMatchObject([
        {
          MetricName: 'NoCapacityInvocationFailures',
          Threshold: 1,
          AlarmActions: [expect.stringContaining('slipway-wake')],
        },
      ])

      // The cloud scales it, by its own measure.
      await scale(wish, 0)
      const rests = async () => (await provider.observe(wish))?.state
      await expect.poll(rests, PATIENCE).toBe('scaledToZero')
      expect(await provider.observe(wish)).toMatchObject({
        revision: 1,
        replicas: [],
        targetReplicas: 0,
        isIncomplete: false,
      })
      expect(living()).toBe(0)
      const refused = await place.ask(seen.address, '/env')
      expect([refused.status, await refused.text()]).toEqual([
        400,
        expect.stringContaining('has no capacity'),
      ])
      await scale(wish, 1)
      await reach(provider, wish, 'running')

      const second = { ...wish, revision: 2, spec: restingSpec({ GREETING: 'two' }) }
      const updated = await settle(second)
      expect(updated).toMatchObject({ revision: 2, readyReplicas: 1 })
      expect(updated.address).toMatch(/-r2$/)
      expect(await (await place.ask(updated.address, '/env')).json()).toMatchObject({ GREETING: 'two' })
      expect(living()).toBe(1)
      expect(await scaledIn(place.edge)).toMatchObject([{ between: [0, 2], marks: marksFor(second) }])
      expect(await alarms()).toHaveLength(1)

      // Asked for, it rests at once.
      await provider.apply({ ...second, desired: 'scaledToZero' })
      await expect.poll(async () => (await provider.observe(second))?.state, PATIENCE).toBe('scaledToZero')

      const paused = await settle({ ...second, desired: 'paused' }, 'paused')
      expect(paused).toMatchObject({ revision: 2, replicas: [] })
      expect([
        living(),
        place.edge.hosting.components.names,
        await scaledIn(place.edge),
        await alarms(),
      ]).toEqual([0, [], [], []])
      await settle(second)
      await removeWhole(provider, second)
      expect(await place.names()).toEqual([])
    },
    LONG,
  )

  test(
    'creating a component whose answer is lost creates one; one that does not start says so, and the next is made anew',
    async () => {
      const wish = wishOf(restingSpec({ STUB_FAIL: 'no such model' }))
      place.edge.fate = firstCalls(1, ({ path }) => path === '/CreateInferenceComponent', 'lose')
      const failed = await reach(provider, wish, 'failed')
      expect(failed.errorMessage).toContain('did not pass the ping health check')
      expect(place.edge.hosting.components.names).toEqual([revisionNameOf(wish, 1)])
      const asked = created()
      await provider.apply(wish)
      expect(created()).toBe(asked)
      const [replica] = failed.replicas
      const ref = { ...wish, replicaId: 'any', replicaName: replica?.name ?? '' }
      const said = async () => (await readLogs({ provider, ref })).texts
      await expect.poll(said, PATIENCE).toContain('stub: no such model')

      const mended = { ...wish, revision: 2, spec: restingSpec({ GREETING: 'works' }) }
      const { address } = await settle(mended)
      const broken = { ...wish, revision: 3, spec: restingSpec({ STUB_FAIL: 'boom' }) }
      const kept = await reach(provider, broken, 'updateFailed')
      expect(kept).toMatchObject({ revision: 3, readyReplicas: 1, address })
      const tried = created()
      await provider.apply(broken)
      expect(created()).toBe(tried)
      expect(await (await place.ask(kept.address, '/env')).json()).toMatchObject({ GREETING: 'works' })
      await removeWhole(provider, broken)
      expect(await place.names()).toEqual([])
    },
    LONG,
  )

  test(
    'a component or what wakes it, removed outside, is seen and put back; the other kind is made after a pause',
    async () => {
      const wish = wishOf(restingSpec())
      await settle(wish)
      const outside = await new AwsClients(place.account).cloudwatch()
      await outside.deleteAlarms({ AlarmNames: [alarmOf(revisionNameOf(wish, 1))] })
      expect((await provider.observe(wish))?.isIncomplete).toBe(true)
      await settle(wish)
      expect(await alarms()).toHaveLength(1)
      place.edge.hosting.components.remove(revisionNameOf(wish, 1))
      await expect.poll(async () => (await provider.observe(wish))?.state, PATIENCE).toBe('paused')
      await settle({ ...wish, isAnew: true })

      const fixed = { ...wish, revision: 2, spec: sagemakerSpec() }
      await settle({ ...wish, desired: 'paused' }, 'paused')
      expect((await settle(fixed)).address).not.toContain('#')
      await removeWhole(provider, fixed)
      expect(await place.names()).toEqual([])
    },
    LONG,
  )

  test(
    'its subnets are those of the configuration, and CloudWatch has its calls under the component',
    async () => {
      const vpc = { subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'] }
      const wish = wishOf({ ...restingSpec(), network: { vpc } })
      const { address } = await settle(wish)
      expect(place.edge.hosting.configurations.get(revisionNameOf(wish, 1))).toMatchObject({
        ExecutionRoleArn: place.account.roleArn,
        VpcConfig: { Subnets: vpc.subnets, SecurityGroupIds: vpc.securityGroups },
        ProductionVariants: [
          { ManagedInstanceScaling: { Status: 'ENABLED', MinInstanceCount: 0, MaxInstanceCount: 4 } },
        ],
      })
      await place.ask(address, '/env')
      const toMs = Date.now() + 120_000
      const window = { fromMs: toMs - 600_000, toMs, stepSeconds: 60 }
      const titles = (await provider.metrics?.(wish, window))?.map(({ title }) => title)
      expect(titles).toEqual([
        'Invocations',
        'Model latency',
        'Overhead latency',
        'CPU, 100 % per core',
        'Memory',
      ])
      await removeWhole(provider, wish)
    },
    LONG,
  )

  /** Last, after everything above was asked. */
  test('of inference components every answer is the edge’s own; alarms are moto’s', () => {
    const { answered } = place.edge
    expect(answered.actions('stand-in')).toEqual(
      expect.arrayContaining([
        'CreateInferenceComponent',
        'DeleteInferenceComponent',
        'DescribeEndpointConfig',
        'DescribeInferenceComponent',
        'ListInferenceComponents',
        // But that it is refused without a metric.
        'PutMetricAlarm',
        'UpdateInferenceComponentRuntimeConfig',
      ]),
    )
    expect(answered.actions('emulated')).toEqual(expect.arrayContaining(['DeleteAlarms', 'DescribeAlarms']))
  })
})
