import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createAzureProvider } from '@/lib/server/providers/azure-ml/provider'
import { sealingKey } from '@/lib/server/secrets/key'
import { createConnection } from '@/lib/server/services/connections/create-connection'
import { listAccountEndpoints } from '@/lib/server/services/connections/list-account-endpoints'
import { providerSource } from '@/lib/server/services/connections/provider-source'
import { adoptEndpoint } from '@/lib/server/services/endpoints/adopt-endpoint'
import { getEndpoint } from '@/lib/server/services/endpoints/get-endpoint'
import { manageEndpoint } from '@/lib/server/services/endpoints/manage-endpoint'
import { pauseEndpoint } from '@/lib/server/services/endpoints/pause-endpoint'
import { releaseEndpoint } from '@/lib/server/services/endpoints/release-endpoint'
import { removeEndpoint } from '@/lib/server/services/endpoints/remove-endpoint'
import { resumeEndpoint } from '@/lib/server/services/endpoints/resume-endpoint'
import { makePerson, makeTeam, makeToken, type TestTeam } from '@/lib/testing/access'
import { APP, PLACE } from '@/lib/testing/azure/edge'
import { makeTheirs, startAzurePlace } from '@/lib/testing/azure/place'
import { QUICK } from '@/lib/testing/controller'
import { testDataDir } from '@/lib/testing/data-dir'
import { testDatabase } from '@/lib/testing/database'
import { GatewayProcess } from '@/lib/testing/gateway'
import { readLogs } from '@/lib/testing/provider-logs'
import { expectOk } from '@/lib/testing/specs'
import { type Controller, startController } from './controller'

testDataDir()
process.env.SLIPWAY_ALLOWED_PRIVATE_HOSTS = '127.0.0.1'
const test = testDatabase()
const WAIT = { timeout: 40_000, interval: 100 }
const LONG = 150_000
const THEIRS = 'their-endpoint'

describe('an endpoint that was in an Azure workspace before, on a stand-in', () => {
  let place: Awaited<ReturnType<typeof startAzurePlace>>
  let controller: Controller
  let gateway: GatewayProcess
  let team: TestTeam
  let owner: Awaited<ReturnType<typeof makePerson>>
  let authorization: string
  let connectionId: string

  beforeAll(async () => {
    place = await startAzurePlace()
    await makeTheirs(place.edge, place.account, THEIRS, { GREETING: 'theirs' })
    const { db } = test
    team = await makeTeam(db)
    owner = await makePerson(db, team, 'owner')
    authorization = `Bearer ${(await makeToken(db, team, owner, 'infer')).text}`
    const { clientId, clientSecret, tenantId } = APP
    const made = await createConnection(owner.ctx, {
      team: team.slug,
      name: 'Our workspace',
      settings: { kind: 'azure-ml', ...PLACE, tenantId, baseUrl: place.edge.url },
      secrets: { clientId, clientSecret },
    })
    connectionId = expectOk(made).id
    controller = startController({
      db,
      holder: 'adopting',
      providers: providerSource(db),
      logger: pino({ level: 'silent' }),
      settings: { ...QUICK, providerTimeoutMs: 20_000 },
    })
    gateway = await new GatewayProcess(test.url, {
      SLIPWAY_ALLOWED_PRIVATE_HOSTS: '127.0.0.1',
      SLIPWAY_SECRET_KEY: sealingKey().toString('base64'),
    }).start()
    // Connecting has asked what the app may do.
    place.edge.reset()
  }, 120_000)
  afterEach(() => place.edge.reset())
  afterAll(async () => {
    await gateway?.dispose()
    await controller?.stop({ halt: [] })
    await place?.edge.stop()
  })

  const account = () => ({ team: team.slug, connectionId })
  const ref = (endpoint = THEIRS) => ({ team: team.slug, endpoint })
  const look = async (endpoint = THEIRS) => expectOk(await getEndpoint(owner.ctx, ref(endpoint)))
  const listed = async () => expectOk(await listAccountEndpoints(owner.ctx, account())).items
  const becomes = (state: string) => expect.poll(async () => (await look()).state, WAIT).toBe(state)
  const changing = () => place.edge.calls.filter(call => /^(PUT|PATCH|DELETE) /.test(call))
  const tags = () => place.edge.workspace.endpoint(THEIRS).asked.tags
  /** As the collector and the charts read it: under its own name. */
  const watched = async (endpointId: string) => {
    const provider = createAzureProvider(place.account, { logPollMs: 50 })
    const ref = { endpointId, endpointName: THEIRS, adopted: { name: THEIRS, isReadOnly: true } }
    const [replica] = (await provider.observe(ref))?.replicas ?? []
    const of = { ...ref, replicaId: replica?.id ?? '', replicaName: replica?.name ?? '' }
    const { texts } = await readLogs({ provider, ref: of })
    const toMs = Date.now() + 120_000
    const metrics = await provider.metrics?.(ref, { fromMs: toMs - 600_000, toMs, stepSeconds: 60 })
    return {
      hasLines: texts.some(text => text.startsWith('stub: listening')),
      hasMetrics: (metrics ?? []).length > 0,
    }
  }
  const greeting = async () => {
    const answer = await fetch(`${gateway.url}/${team.slug}/${THEIRS}/env`, { headers: { authorization } })
    return answer.status === 200 ? ((await answer.json()) as { GREETING: string }).GREETING : answer.status
  }

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
      const { id } = expectOk(await adoptEndpoint(owner.ctx, { ...account(), name: THEIRS }))
      await becomes('running')
      expect(await look()).toMatchObject({ isReadOnly: true, readyReplicas: 1, servingRevision: 1 })
      await expect.poll(greeting, WAIT).toBe('theirs')
      await expect.poll(() => watched(id), WAIT).toEqual({ hasLines: true, hasMetrics: true })
      expect(await pauseEndpoint(owner.ctx, ref())).toMatchObject({
        error: { message: expect.stringContaining('Press Manage') },
      })
      expectOk(await releaseEndpoint(owner.ctx, ref()))
      await expect.poll(async () => (await look(id)).removedAt, WAIT).not.toBeNull()
      expect(changing()).toEqual([])
      expect(tags()).toEqual({ cost: 'theirs' })
    },
    LONG,
  )

  it(
    'gets our tags and nothing else when it is managed, and is then like any other',
    async () => {
      const { id } = expectOk(await adoptEndpoint(owner.ctx, { ...account(), name: THEIRS }))
      await becomes('running')
      place.edge.reset()
      expectOk(await manageEndpoint(owner.ctx, ref()))
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
      place.edge.workspace.changeDeployment(THEIRS, 'blue', { sku: { capacity: 2 } })
      await expect.poll(sentence, WAIT).toBe('Changed outside Slipway: 2 replicas there, 1 here.')

      expectOk(await pauseEndpoint(owner.ctx, ref()))
      await becomes('paused')
      await expect.poll(() => place.edge.workspace.livingInstances, WAIT).toBe(0)
      expectOk(await resumeEndpoint(owner.ctx, ref()))
      await becomes('running')
      await expect.poll(greeting, WAIT).toBe('theirs')
      expect(place.edge.workspace.deploymentNames()).toEqual(['rev-1'])

      expectOk(await removeEndpoint(owner.ctx, ref()))
      await expect.poll(async () => (await look(id)).removedAt, WAIT).not.toBeNull()
      expect(await listed()).toEqual([])
      // What it was made of before is somebody's own, and costs nothing.
      expect(await place.names()).toEqual([`${THEIRS}-environment`])
    },
    LONG,
  )
})
