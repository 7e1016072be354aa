import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import { createEndpoint } from '@/lib/server/services/endpoints/create-endpoint'
import { removeEndpoint } from '@/lib/server/services/endpoints/remove-endpoint'
import { scaleEndpointToZero } from '@/lib/server/services/endpoints/scale-endpoint-to-zero'
import { updateEndpoint } from '@/lib/server/services/endpoints/update-endpoint'
import { KEYS } from '@/lib/testing/aws/edge'
import { scaleCopies, startAwsPlace } from '@/lib/testing/aws/place'
import { restingSpec, sagemakerSpec } from '@/lib/testing/aws/spec'
import { testDataDir } from '@/lib/testing/data-dir'
import { testDatabase } from '@/lib/testing/database'
import { hasPython } from '@/lib/testing/pinned-python'
import { Portal, WAIT } from '@/lib/testing/portal'
import { expectOk } from '@/lib/testing/specs'

testDataDir()
process.env.SLIPWAY_ALLOWED_PRIVATE_HOSTS = '127.0.0.1'
const test = testDatabase()
const NAME = 'sleeper'

describe.runIf(hasPython())('an endpoint at SageMaker that scales to zero, through the gateway', () => {
  let place: Awaited<ReturnType<typeof startAwsPlace>>
  let portal: Portal
  let connection: string

  beforeAll(async () => {
    place = await startAwsPlace()
    portal = await Portal.start(test)
    const { account } = place
    const settings = { kind: 'sagemaker' as const, region: account.region, roleArn: account.roleArn }
    connection = expectOk(await portal.connect({ ...settings, baseUrl: place.edge.url }, KEYS)).id
  }, 300_000)
  afterAll(async () => {
    await portal?.stop()
    await place?.edge.stop()
  })

  const inAccount = ({ secretNames: _, ...spec }: EndpointSpec) => ({
    ...spec,
    hardware: { ...spec.hardware, connection },
  })
  const look = () => portal.look(NAME)
  const call = (headers: Record<string, string> = {}) =>
    portal.call(NAME, '', {
      method: 'POST',
      body: '{}',
      headers: {
        'content-type': 'application/json',
        'x-amzn-sagemaker-custom-attributes': '/env',
        ...headers,
      },
    })
  const answers = async () => (await call()).status
  const change = async (spec: EndpointSpec) =>
    updateEndpoint(portal.owner.ctx, {
      ...portal.ref(NAME),
      baseRevision: (await look()).revision,
      spec: inAccount(spec),
      secrets: {},
      sentType: null,
    })
  it('runs, and answers as any other', async () => {
    const spec = inAccount(restingSpec({ GREETING: 'awake' }))
    const wanted = { team: portal.team.slug, name: NAME, spec, secrets: {}, sentType: null }
    expectOk(await createEndpoint(portal.owner.ctx, wanted))
    await portal.becomes(NAME, 'running')
    await expect.poll(answers, WAIT).toBe(200)
    expect(await (await call()).json()).toMatchObject({ GREETING: 'awake' })
    expect((await call({ authorization: 'Bearer nobody' })).status).toBe(401)
  }, 150_000)

  it('at zero a call is told to come again, and nothing is counted as running', async () => {
    expectOk(await scaleEndpointToZero(portal.owner.ctx, portal.ref(NAME)))
    await portal.becomes(NAME, 'scaledToZero')
    await expect.poll(() => place.edge.hosting.livingInstances, WAIT).toBe(0)
    const costs = async () => (await look()).costUsdPerHour
    await expect.poll(costs, WAIT).toBe(0)
    // The gateway hears of it a moment later.
    const said = async () => ((await (await call()).json()) as { error?: string }).error
    await expect.poll(said, WAIT).toContain('was scaled to zero and is starting')
    const answer = await call()
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30'])
  }, 150_000)

  it('woken by the cloud it answers again', async () => {
    await scaleCopies(place.edge, place.edge.hosting.components.names[0] ?? '', 1)
    await portal.becomes(NAME, 'running')
    await expect.poll(answers, WAIT).toBe(200)
    expect(await look()).toMatchObject({ drift: null, errorMessage: null })
  }, 150_000)

  it('is not turned into the other kind while it is there, and a new revision is', async () => {
    expect(await change(sagemakerSpec())).toMatchObject({
      ok: false,
      error: { fields: { 'hardware.scaling.minReplicas': expect.stringContaining('Pause it') } },
    })
    expectOk(await change(restingSpec({ GREETING: 'again' })))
    await expect.poll(async () => (await look()).servingRevision, WAIT).toBe(2)
    const greeting = async () => {
      const answer = await call()
      return answer.ok ? ((await answer.json()) as { GREETING: string }).GREETING : answer.status
    }
    await expect.poll(greeting, WAIT).toBe('again')
  }, 150_000)

  it('deleted it leaves nothing', async () => {
    const { id } = await look()
    expectOk(await removeEndpoint(portal.owner.ctx, portal.ref(NAME)))
    await portal.isRemoved(id)
    expect(await place.names()).toEqual([])
  }, 250_000)
})
