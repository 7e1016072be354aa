import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { REGION } from '@/lib/testing/aws/edge'
import { scaledIn, startAwsPlace } from '@/lib/testing/aws/place'
import { sagemakerSpec } from '@/lib/testing/aws/spec'
import { cloudLives } from '@/lib/testing/cloud-lives'
import { marksFor } from '@/lib/testing/marks'
import { hasPython } from '@/lib/testing/pinned-python'
import { readLogs } from '@/lib/testing/provider-logs'
import { withScaling } from '@/lib/testing/specs'
import { PATIENCE, reach, removeWhole, wishOf } from '@/lib/testing/wished-endpoint'
import { AwsClients } from './clients'
import { replicaNameOf } from './instance'
import { endpointNameOf, revisionNameOf } from './naming'
import { createSagemakerProvider } from './provider'
import { signedHeaders } from './sign'

const OPTIONS = { logPollMs: 50, logSettleMs: 0, timeoutMs: 10_000 }
const LONG = 90_000
const rangeSpec = (minReplicas: number, maxReplicas: number, requestsPerMinute: number) =>
  withScaling(sagemakerSpec(), { minReplicas, maxReplicas, requestsPerMinute })
const FIRST = { variant: 'r1', ordinal: 1 }

describe.runIf(hasPython())('an endpoint’s life at SageMaker, on moto', () => {
  let place: Awaited<ReturnType<typeof startAwsPlace>>
  beforeAll(async () => {
    place = await startAwsPlace()
  }, 300_000)
  afterEach(() => place.edge.reset())
  afterAll(() => place?.edge.stop())
  const another = (keys = place.account.keys) => createSagemakerProvider({ ...place.account, keys }, OPTIONS)
  const scaled = () => scaledIn(place.edge)
  const counted = (action: string) => place.edge.calls.filter(call => call.endsWith(`/${action}`)).length

  cloudLives(() => ({
    another,
    specWith: sagemakerSpec,
    ask: place.ask,
    unhealthy: 'did not pass the ping health check',
    updates: () => counted('UpdateEndpoint'),
    resize: async (wish, DesiredInstanceCount) => {
      const outside = await new AwsClients(place.account, OPTIONS).sagemaker()
      const DesiredWeightsAndCapacities = [{ VariantName: 'r1', DesiredInstanceCount }]
      const EndpointName = endpointNameOf(wish)
      await outside.updateEndpointWeightsAndCapacities({ EndpointName, DesiredWeightsAndCapacities })
    },
    livingInstances: () => place.edge.hosting.livingInstances,
  }))

  test(
    'a container that does not start says so, and the next revision is made anew',
    async () => {
      const provider = another()
      const wish = wishOf(sagemakerSpec({ STUB_FAIL: 'no such model' }))
      const failed = await reach(provider, wish, 'failed')
      expect(failed.errorMessage).toContain('did not pass the ping health check')
      expect(failed.replicas).toEqual([])
      const ref = { ...wish, replicaId: 'any', replicaName: replicaNameOf({ ...FIRST, startedMs: 0 }) }
      const said = async () => (await readLogs({ provider, ref })).texts
      await expect.poll(said, PATIENCE).toContain('stub: no such model')
      await provider.apply(wish)
      expect(counted('DeleteEndpoint')).toBe(0)
      const mended = { ...wish, revision: 2, spec: sagemakerSpec() }
      expect(await reach(provider, mended, 'running')).toMatchObject({ revision: 2, errorMessage: null })
      await removeWhole(provider, mended)
      expect(await place.names()).toEqual([])
    },
    LONG,
  )

  test(
    'how instances are exchanged stays as the account has set it',
    async () => {
      const provider = another()
      const wish = wishOf(sagemakerSpec())
      await reach(provider, wish, 'running')
      const outside = await new AwsClients(place.account, OPTIONS).sagemaker()
      const EndpointName = endpointNameOf(wish)
      const MaximumBatchSize = { Type: 'INSTANCE_COUNT' as const, Value: 1 }
      const RollingUpdatePolicy = { MaximumBatchSize, WaitIntervalInSeconds: 60 }
      await outside.updateEndpoint({
        EndpointName,
        EndpointConfigName: revisionNameOf(wish, 1),
        DeploymentConfig: { RollingUpdatePolicy },
      })
      const second = { ...wish, revision: 2 }
      await reach(provider, second, 'running')
      const { LastDeploymentConfig } = await outside.describeEndpoint({ EndpointName })
      expect(LastDeploymentConfig).toEqual({ RollingUpdatePolicy })
      await removeWhole(provider, second)
    },
    LONG,
  )

  test(
    'what was created by half goes with the rest',
    async () => {
      const provider = another()
      const wish = wishOf(sagemakerSpec())
      place.edge.fate = ({ path }) =>
        path === '/CreateEndpoint' ? { status: 400, error: 'ResourceLimitExceeded: The limit is 0.' } : 'pass'
      await expect(provider.apply(wish)).rejects.toMatchObject({ code: 'quota' })
      expect(await place.names()).toHaveLength(1)
      await removeWhole(provider, wish)
      expect(await place.names()).toEqual([])
    },
    LONG,
  )

  test(
    'a range of replicas is scaled by load once it runs, as the newest revision says, and not beyond a pause',
    async () => {
      const provider = another()
      const wish = wishOf(rangeSpec(1, 3, 60))
      /** As a controller does it: again and again until nothing is missing. */
      const settle = async (wanted: typeof wish) => {
        await reach(provider, wanted, 'running')
        await provider.apply(wanted)
        expect((await another().observe(wanted))?.isIncomplete).toBe(false)
      }
      await settle(wish)
      expect(await scaled()).toEqual([{ variant: 'r1', between: [1, 3], aims: [60], marks: marksFor(wish) }])
      expect((await provider.observe(wish))?.setup?.scaling).toMatchObject({
        minReplicas: 1,
        maxReplicas: 3,
        requestsPerMinute: 60,
      })
      const wider = { ...wish, revision: 2, spec: rangeSpec(2, 4, 30) }
      await settle(wider)
      expect(await scaled()).toEqual([{ variant: 'r2', between: [2, 4], aims: [30], marks: marksFor(wider) }])
      await reach(provider, { ...wider, desired: 'paused' }, 'paused')
      expect(await scaled()).toEqual([])
      await settle(wider)
      // Keys that may not end the scaling must end what costs all the same.
      place.edge.fate = ({ path }) =>
        path === '/DeregisterScalableTarget' ? { status: 400, error: 'AccessDeniedException: no' } : 'pass'
      const rest = { ...wider, desired: 'paused' } as const
      await reach(provider, rest, 'paused')
      // What they left is seen, and ended as soon as they may.
      expect(await another().observe(rest)).toMatchObject({ state: 'paused', isIncomplete: true })
      await expect(provider.apply(rest)).rejects.toMatchObject({ code: 'permission' })
      await expect(provider.remove(rest)).rejects.toMatchObject({ code: 'permission' })
      place.edge.reset()
      await provider.apply(rest)
      expect(await scaled()).toEqual([])
      expect(await another().observe(rest)).toMatchObject({ state: 'paused', isIncomplete: false })
      await settle(wider)
      const fixed = { ...wish, revision: 3, spec: sagemakerSpec() }
      await reach(provider, fixed, 'running')
      expect(await scaled()).toEqual([])
      await removeWhole(provider, fixed)
      expect(await place.names()).toEqual([])
    },
    LONG,
  )

  test(
    'its containers run in the subnets that were given, and have half an hour for the model',
    async () => {
      const provider = another()
      const vpc = { subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'] }
      const wish = wishOf({ ...sagemakerSpec(), network: { vpc } })
      await reach(provider, wish, 'running')
      const ask = async (action: string, by: string) =>
        (await place.edge.moto.ask(REGION, `SageMaker.${action}`, { [by]: revisionNameOf(wish, 1) })).json
      const { ProductionVariants } = await ask('DescribeEndpointConfig', 'EndpointConfigName')
      expect(ProductionVariants).toMatchObject([{ ContainerStartupHealthCheckTimeoutInSeconds: 1_800 }])
      const { VpcConfig } = await ask('DescribeModel', 'ModelName')
      expect(VpcConfig).toEqual({ Subnets: vpc.subnets, SecurityGroupIds: vpc.securityGroups })
      await removeWhole(provider, wish)
    },
    LONG,
  )

  test('keys that AWS does not know, or that sign otherwise, are refused for what they are', async () => {
    const { keys } = place.account
    for (const wrong of [{ accessKeyId: 'AKIANOBODY' }, { secretAccessKey: 'another' }])
      await expect(another({ ...keys, ...wrong }).observe(wishOf(sagemakerSpec()))).rejects.toMatchObject({
        code: 'credentials',
        message: expect.stringContaining('Connections'),
      })
  })

  test(
    'a model’s refusal comes with its own status, and CloudWatch counts it',
    async () => {
      const provider = another()
      const wish = wishOf(sagemakerSpec())
      const { address } = await reach(provider, wish, 'running')
      const answer = await place.ask(address, '/no-such-route')
      expect(answer.status).toBe(424)
      expect(await answer.json()).toMatchObject({ OriginalStatusCode: 404, OriginalMessage: 'no such route' })
      const toMs = Date.now() + 120_000
      const window = { fromMs: toMs - 600_000, toMs, stepSeconds: 60 }
      const measured = new Map(
        (await provider.metrics?.(wish, window))?.map(({ title, series }) => [title, series]),
      )
      const totals = measured
        .get('Invocations')
        ?.map(({ name, points }) => [name, points.reduce((sum, { value }) => sum + (value ?? 0), 0)])
      expect(totals).toEqual([
        ['all', 1],
        ['4xx', 1],
        ['5xx', 0],
      ])
      expect(measured.get('Model latency')?.map(({ name }) => name)).toEqual(['p50', 'p90', 'p99'])
      await removeWhole(provider, wish)
    },
    LONG,
  )

  test('a signature holds for one body only', async () => {
    const url = `${place.edge.url}/endpoints/slipway-x-00000000/invocations`
    const headers = await signedHeaders(place.account, {
      method: 'POST',
      url,
      headers: {},
      body: Buffer.from('{"inputs":"yes"}'),
    })
    const answer = await fetch(url, { method: 'POST', headers, body: '{"inputs":"no"}' })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ __type: 'InvalidSignatureException' })
  })

  /** Last, after everything above was asked: which answers are an emulator's, and which ours. */
  test('what the edge answers itself is what moto lacks, and no more', () => {
    const { answered } = place.edge
    expect(answered.actions('emulated')).toEqual([
      'DeleteEndpointConfig',
      'DeleteLogGroup',
      'DeleteModel',
      'FilterLogEvents',
      'ListEndpointConfigs',
      'ListMetrics',
      'ListModels',
    ])
    expect(answered.actions('stand-in')).toEqual([
      'AddTags',
      'CreateEndpoint',
      'CreateEndpointConfig',
      'CreateModel',
      'DeleteEndpoint',
      'DeregisterScalableTarget',
      'DescribeEndpoint',
      'DescribeScalableTargets',
      'DescribeScalingPolicies',
      // Its percentiles; sums and means are moto's.
      'GetMetricData',
      'GetProducts',
      'InvokeEndpoint',
      'ListServiceQuotas',
      'ListTags',
      'PutScalingPolicy',
      'RegisterScalableTarget',
      'TagResource',
      'UpdateEndpoint',
      'UpdateEndpointWeightsAndCapacities',
    ])
  })
})
