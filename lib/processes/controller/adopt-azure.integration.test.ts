import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createAzureProvider } from '@/lib/server/providers/azure-ml/provider'
import { listAccountEndpoints } from '@/lib/server/services/connections/list-account-endpoints'
import { adoptEndpoint } from '@/lib/server/services/endpoints/adopt-endpoint'
import { keepTheirs } from '@/lib/server/services/endpoints/keep-theirs'
import { manageEndpoint } from '@/lib/server/services/endpoints/manage-endpoint'
import { pauseEndpoint } from '@/lib/server/services/endpoints/pause-endpoint'
import { releaseEndpoint } from '@/lib/server/services/endpoints/release-endpoint'
import { removeEndpoint } from '@/lib/server/services/endpoints/remove-endpoint'
import { restoreOurs } from '@/lib/server/services/endpoints/restore-ours'
import { resumeEndpoint } from '@/lib/server/services/endpoints/resume-endpoint'
import { APP, PLACE } from '@/lib/testing/azure/edge'
import { makeTheirs, startAzurePlace, THEIR_LIMITS, THEIR_PROBE } from '@/lib/testing/azure/place'
import { testDataDir } from '@/lib/testing/data-dir'
import { testDatabase } from '@/lib/testing/database'
import { Portal, WAIT } from '@/lib/testing/portal'
import { expectOk } from '@/lib/testing/specs'
import { watched } from '@/lib/testing/watched'

testDataDir()
process.env.SLIPWAY_ALLOWED_PRIVATE_HOSTS = '127.0.0.1'
const test = testDatabase()
const LONG = 150_000
const THEIRS = 'their-endpoint'

describe('an endpoint that was in an Azure workspace before, on a stand-in', () => {
  let place: Awaited<ReturnType<typeof startAzurePlace>>
  let portal: Portal
  let connectionId: string

  beforeAll(async () => {
    place = await startAzurePlace()
    await makeTheirs(place.edge, THEIRS, { GREETING: 'theirs' })
    const { clientId, clientSecret, tenantId } = APP
    const settings = { kind: 'azure-ml' as const, ...PLACE, tenantId, baseUrl: place.edge.url }
    portal = await Portal.start(test)
    connectionId = expectOk(await portal.connect(settings, { clientId, clientSecret })).id
    // Connecting has asked what the app may do.
    place.edge.reset()
  }, 120_000)
  afterEach(() => place.edge.reset())
  afterAll(async () => {
    await portal?.stop()
    await place?.edge.stop()
  })

  const account = () => ({ team: portal.team.slug, connectionId })
  const ref = () => portal.ref(THEIRS)
  const look = () => portal.look(THEIRS)
  const listed = async () => expectOk(await listAccountEndpoints(portal.owner.ctx, account())).items
  const becomes = (state: string) => portal.becomes(THEIRS, state)
  const changing = () => place.edge.calls.filter(call => /^(PUT|PATCH|DELETE) /.test(call))
  const tags = () => place.edge.workspace.endpoint(THEIRS).asked.tags
  /** By other means than ours, and until it is done. */
  const greetFromOutside = async (GREETING: string) => {
    const { workspace } = place.edge
    const state = () => workspace.deployment(THEIRS, 'blue').state
    await expect.poll(state, WAIT).toBe('Succeeded')
    const { asked } = workspace.deployment(THEIRS, 'blue')
    const properties = { ...asked.properties, environmentVariables: { GREETING } }
    await workspace.putDeployment(THEIRS, 'blue', { ...asked, properties })
    await expect.poll(state, WAIT).toBe('Succeeded')
  }
  const greeting = async () => {
    const answer = await portal.call(THEIRS, '/env')
    return answer.status === 200 ? ((await answer.json()) as { GREETING: string }).GREETING : answer.status
  }

  it('is never deleted while nothing on it says that it is ours', async () => {
    const ref = {
      endpointId: randomUUID(),
      endpointName: THEIRS,
      adopted: { name: THEIRS, isReadOnly: false },
    }
    await expect(createAzureProvider(place.account).remove(ref)).rejects.toThrow(`${THEIRS} is left alone`)
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
          model: 'theirs.azurecr.io/server:1',
          hardware: 'Standard_DS3_v2',
          region: PLACE.region,
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
      expect(tags()).toEqual({ cost: 'theirs' })
    },
    LONG,
  )

  it(
    'gets our tags and nothing else when it is managed, and is then like any other',
    async () => {
      const { id } = expectOk(await adoptEndpoint(portal.owner.ctx, { ...account(), name: THEIRS }))
      await becomes('running')
      place.edge.reset()
      expectOk(await manageEndpoint(portal.owner.ctx, ref()))
      await expect.poll(tags, WAIT).toMatchObject({
        cost: 'theirs',
        'slipway:endpoint': id,
        'slipway:revision': '1',
        'slipway:taken': '1:blue',
      })
      await becomes('running')
      expect(await look()).toMatchObject({ isReadOnly: false, revision: 1, drift: null, errorMessage: null })
      expect(await listed()).toMatchObject([{ endpoint: THEIRS, obstacle: 'Slipway manages it already.' }])
      expect(changing().every(call => call.startsWith('PATCH'))).toBe(true)

      const sentence = async () => (await look()).drift?.sentence ?? null
      const since = async () => (await look()).drift?.since ?? ''
      await greetFromOutside('other')
      await expect.poll(sentence, WAIT).toBe('Changed outside Slipway: GREETING other there, theirs here.')
      expectOk(await restoreOurs(portal.owner.ctx, { ...ref(), since: await since() }))
      await expect.poll(greeting, WAIT).toBe('theirs')
      await expect.poll(sentence, WAIT).toBeNull()
      await greetFromOutside('kept')
      await expect.poll(sentence, WAIT).toContain('GREETING kept there, theirs here')
      expectOk(await keepTheirs(portal.owner.ctx, { ...ref(), since: await since() }))
      expect(await look()).toMatchObject({ revision: 2, spec: { advanced: { env: { GREETING: 'kept' } } } })
      expect(place.edge.workspace.deploymentNames()).toEqual(['blue'])
      await becomes('running')

      place.edge.workspace.changeDeployment(THEIRS, 'blue', { sku: { capacity: 2 } })
      await expect.poll(sentence, WAIT).toBe('Changed outside Slipway: 2 replicas there, 1 here.')

      expectOk(await pauseEndpoint(portal.owner.ctx, ref()))
      await becomes('paused')
      await expect.poll(() => place.edge.workspace.livingInstances, WAIT).toBe(0)
      expectOk(await resumeEndpoint(portal.owner.ctx, ref()))
      await becomes('running')
      await expect.poll(greeting, WAIT).toBe('kept')
      expect(place.edge.workspace.deploymentNames()).toEqual(['rev-2'])
      // Nobody has asked for other probes and limits.
      expect(place.edge.workspace.deployment(THEIRS, 'rev-2').asked.properties).toMatchObject({
        livenessProbe: THEIR_PROBE,
        readinessProbe: THEIR_PROBE,
        requestSettings: THEIR_LIMITS,
      })

      expectOk(await removeEndpoint(portal.owner.ctx, ref()))
      await portal.isRemoved(id)
      expect(await listed()).toEqual([])
      // What it was made of before is somebody's own, and costs nothing.
      expect(await place.names()).toEqual([`${THEIRS}-environment`])
    },
    LONG,
  )
})
