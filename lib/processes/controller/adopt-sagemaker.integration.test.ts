import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { awsPlaceOf, manageStatements } from '@/lib/domain/connections/aws-policy'
import { missingStatements } from '@/lib/domain/connections/manage-obstacle'
import { createSagemakerProvider } from '@/lib/server/providers/sagemaker/provider'
import { listAccountEndpoints } from '@/lib/server/services/connections/list-account-endpoints'
import { adoptEndpoint } from '@/lib/server/services/endpoints/adopt-endpoint'
import { manageEndpoint } from '@/lib/server/services/endpoints/manage-endpoint'
import { pauseEndpoint } from '@/lib/server/services/endpoints/pause-endpoint'
import { releaseEndpoint } from '@/lib/server/services/endpoints/release-endpoint'
import { removeEndpoint } from '@/lib/server/services/endpoints/remove-endpoint'
import { resumeEndpoint } from '@/lib/server/services/endpoints/resume-endpoint'
import { KEYS, REGION, ROLE_ARN } from '@/lib/testing/aws/edge'
import { makeTheirs, startAwsPlace, tagsIn } from '@/lib/testing/aws/place'
import { testDataDir } from '@/lib/testing/data-dir'
import { testDatabase } from '@/lib/testing/database'
import { hasPython } from '@/lib/testing/pinned-python'
import { Portal, WAIT } from '@/lib/testing/portal'
import { expectOk } from '@/lib/testing/specs'
import { watched } from '@/lib/testing/watched'

testDataDir()
process.env.SLIPWAY_ALLOWED_PRIVATE_HOSTS = '127.0.0.1'
const test = testDatabase()
const LONG = 150_000
const THEIRS = 'their-endpoint'
const ADOPTING = ['SlipwayLooksAtOthers', 'SlipwayCallsAdopted']

describe.runIf(hasPython())('an endpoint that was in an AWS account before', () => {
  let place: Awaited<ReturnType<typeof startAwsPlace>>
  let portal: Portal
  let connectionId: string

  beforeAll(async () => {
    place = await startAwsPlace()
    await makeTheirs(place.edge, THEIRS, { GREETING: 'theirs' })
    await vi.waitFor(() => expect(place.edge.hosting.statusOf(THEIRS)).toBe('InService'), WAIT)
    const where = { region: REGION, roleArn: ROLE_ARN, baseUrl: place.edge.url }
    portal = await Portal.start(test)
    connectionId = expectOk(await portal.connect({ kind: 'sagemaker', ...where }, KEYS)).id
    // Connecting has tried what the keys may do.
    place.edge.reset()
  }, 300_000)
  afterEach(() => {
    place.edge.reset()
    place.edge.iam.allow([])
  })
  afterAll(async () => {
    await portal?.stop()
    await place?.edge.stop()
  })

  const account = () => ({ team: portal.team.slug, connectionId })
  const ref = () => portal.ref(THEIRS)
  const look = () => portal.look(THEIRS)
  const listed = async () => expectOk(await listAccountEndpoints(portal.owner.ctx, account())).items
  const becomes = (state: string) => portal.becomes(THEIRS, state)
  const changing = () =>
    place.edge.calls.filter(call => /\/(Create|Update|Delete|Add|Register|Put|Deregister)/.test(call))
  const greeting = async () => {
    const answer = await portal.call(THEIRS, '', {
      method: 'POST',
      body: '{"inputs":"hello"}',
      headers: {
        'content-type': 'application/json',
        'x-amzn-sagemaker-custom-attributes': '/env',
      },
    })
    return answer.status === 200 ? ((await answer.json()) as { GREETING: string }).GREETING : answer.status
  }

  it('keys of a policy without the statements for it are told which, and the list is there', async () => {
    place.edge.iam.forget(...ADOPTING)
    const [found] = await listed()
    expect(found).toMatchObject({ name: THEIRS, endpoint: null })
    for (const sid of ADOPTING) expect(found?.obstacle).toContain(sid)
  })

  it('is never deleted while nothing on it says that it is ours', async () => {
    const ref = {
      endpointId: randomUUID(),
      endpointName: THEIRS,
      adopted: { name: THEIRS, isReadOnly: false },
    }
    await expect(createSagemakerProvider(place.account).remove(ref)).rejects.toThrow(
      `${THEIRS} is left alone`,
    )
    expect(changing()).toEqual([])
  })

  it(
    'is adopted to be looked at and called, not changed, and released as it was',
    async () => {
      expect(await listed()).toMatchObject([
        {
          name: THEIRS,
          state: 'running',
          replicas: 1,
          model: '123456789012.dkr.ecr.us-east-1.amazonaws.com/theirs:1',
          hardware: 'ml.m5.xlarge',
          region: REGION,
          endpoint: null,
          obstacle: null,
        },
      ])
      const { id } = expectOk(await adoptEndpoint(portal.owner.ctx, { ...account(), name: THEIRS }))
      await becomes('running')
      expect(await look()).toMatchObject({ isReadOnly: true, readyReplicas: 1, servingRevision: 1 })
      await expect.poll(greeting, WAIT).toBe('theirs')
      await expect
        .poll(() => watched(portal.owner.ctx, { ...ref(), id }), WAIT)
        .toEqual({ hasLines: true, hasMetrics: true })
      expect(await pauseEndpoint(portal.owner.ctx, ref())).toMatchObject({
        error: { message: expect.stringContaining('Press Manage') },
      })
      expectOk(await releaseEndpoint(portal.owner.ctx, ref()))
      await portal.isRemoved(id)
      expect(changing()).toEqual([])
      expect(await tagsIn(place.edge, THEIRS)).toEqual({ cost: 'theirs' })
    },
    LONG,
  )

  it(
    'is managed only where the policy names it, gets our tags and nothing else, and is then like any other',
    async () => {
      const { id } = expectOk(await adoptEndpoint(portal.owner.ctx, { ...account(), name: THEIRS }))
      await becomes('running')
      const denied = await manageEndpoint(portal.owner.ctx, ref())
      const where = awsPlaceOf(REGION, ROLE_ARN)
      if (!where) throw new Error('no place')
      const statements = manageStatements(where, THEIRS)
      expect(denied).toMatchObject({
        error: { code: 'invalid_state', message: expect.stringContaining(`statements for ${THEIRS}`) },
      })
      const { statements: text } = missingStatements.parse(denied.ok ? null : denied.error.details)
      expect(JSON.parse(`[${text}]`)).toEqual(statements)
      expect(await look()).toMatchObject({ isReadOnly: true })

      place.edge.iam.allow(statements)
      place.edge.reset()
      expectOk(await manageEndpoint(portal.owner.ctx, ref()))
      await expect
        .poll(() => tagsIn(place.edge, THEIRS), WAIT)
        .toMatchObject({
          cost: 'theirs',
          'slipway:endpoint': id,
          'slipway:revision': '1',
          'slipway:taken': `1:${THEIRS}-configuration`,
        })
      await becomes('running')
      expect(await look()).toMatchObject({ isReadOnly: false, revision: 1, drift: null, errorMessage: null })
      expect(await listed()).toMatchObject([{ endpoint: THEIRS, obstacle: 'Slipway manages it already.' }])
      // Asking whether it may was one of each.
      expect(changing().filter(call => !/AddTags$/.test(call))).toEqual(['POST /UpdateEndpoint'])

      expectOk(await pauseEndpoint(portal.owner.ctx, ref()))
      await becomes('paused')
      await expect.poll(() => place.edge.hosting.livingInstances, WAIT).toBe(0)
      expectOk(await resumeEndpoint(portal.owner.ctx, ref()))
      await becomes('running')
      await expect.poll(greeting, WAIT).toBe('theirs')

      expectOk(await removeEndpoint(portal.owner.ctx, ref()))
      await portal.isRemoved(id)
      expect(await listed()).toEqual([])
      // What it was made of before is somebody's own, and costs nothing.
      expect((await place.names()).toSorted()).toEqual([`${THEIRS}-configuration`, `${THEIRS}-model`])
    },
    LONG,
  )
})
