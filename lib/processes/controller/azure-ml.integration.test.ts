import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { SEE_RIGHTS } from '@/lib/domain/connections/azure-role'
import { createConnection } from '@/lib/server/services/connections/create-connection'
import { createEndpoint } from '@/lib/server/services/endpoints/create-endpoint'
import { pauseEndpoint } from '@/lib/server/services/endpoints/pause-endpoint'
import { removeEndpoint } from '@/lib/server/services/endpoints/remove-endpoint'
import { resumeEndpoint } from '@/lib/server/services/endpoints/resume-endpoint'
import { makePerson, makeTeam } from '@/lib/testing/access'
import { APP, PLACE } from '@/lib/testing/azure/edge'
import { azureSpec, startAzurePlace } from '@/lib/testing/azure/place'
import { testDataDir } from '@/lib/testing/data-dir'
import { testDatabase } from '@/lib/testing/database'
import { Portal, WAIT } from '@/lib/testing/portal'
import { expectOk } from '@/lib/testing/specs'

testDataDir()
process.env.SLIPWAY_ALLOWED_PRIVATE_HOSTS = '127.0.0.1'
process.env.SLIPWAY_AMBIENT_AZURE_TEAMS = 'house'
const test = testDatabase()
const NAME = 'azurite'
const LOGS = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments/getLogs/action'
const { tenantId, ...SECRETS } = APP

describe('an endpoint at Azure, from its connection to its end, on a stand-in', () => {
  let place: Awaited<ReturnType<typeof startAzurePlace>>
  let portal: Portal
  let connectionId: string

  beforeAll(async () => {
    place = await startAzurePlace()
    portal = await Portal.start(test)
  }, 120_000)
  afterEach(() => place.edge.reset())
  afterAll(async () => {
    await portal?.stop()
    await place?.edge.stop()
  })

  const connect = (changed: Partial<typeof PLACE & typeof APP> = {}) => {
    const { clientId, clientSecret, ...settings } = { ...PLACE, ...APP, ...changed }
    return portal.connect(
      { kind: 'azure-ml', ...settings, baseUrl: place.edge.url },
      { clientId, clientSecret },
    )
  }
  const ref = () => portal.ref(NAME)
  const look = () => portal.look(NAME)
  const becomes = (state: string) => portal.becomes(NAME, state)
  const call = (route: string, init?: RequestInit) => portal.call(NAME, route, init)
  const answers = () => expect.poll(async () => (await call('/env')).status, WAIT).toBe(200)

  it.each([
    [{ clientSecret: 'b~another.secret' }, 'clientSecret', 'AADSTS7000215'],
    [{ workspace: 'nowhere' }, 'workspace', 'does not find workspace nowhere'],
    [{ region: 'westeurope' }, 'region', 'is in eastus, not in westeurope'],
  ])('what is wrong in the form is said at its field: %o', async (changed, field, words) => {
    expect(await connect(changed)).toMatchObject({
      ok: false,
      error: { fields: { [field]: expect.stringContaining(words) } },
    })
  })

  it('each permission is told apart, and the roles of the form are enough', async () => {
    place.edge.rbac.take(LOGS)
    const { id, permissions } = expectOk(await connect())
    connectionId = id
    const said = Object.fromEntries(permissions.map(({ label, allowed }) => [label, allowed]))
    expect(said).toEqual({
      'see endpoints and their state': 'yes',
      'create and change endpoints': 'yes',
      'delete endpoints': 'yes',
      'read logs': 'no',
      'read metrics': 'yes',
      'scale endpoints by load': 'yes',
      'call endpoints': 'yes',
      'see hardware': 'yes',
      'see quotas': 'yes',
      'see why a deployment failed': 'yes',
    })
    expect(permissions.find(({ id }) => id === 'logs')?.advice).toBe(`Add ${LOGS} to the app’s role.`)
    expect(await place.names()).toEqual([])
  })

  it('an app that may not see its own rights is told what is missing, and a quota that it may not see', async () => {
    const usages = 'Microsoft.MachineLearningServices/locations/usages/read'
    place.edge.rbac.take(SEE_RIGHTS, usages)
    const permissions = expectOk(await connect()).permissions
    expect(permissions.find(({ id }) => id === 'create')).toMatchObject({
      allowed: 'unknown',
      advice: expect.stringContaining(SEE_RIGHTS),
    })
    expect(permissions.find(({ id }) => id === 'quotas')).toMatchObject({
      allowed: 'no',
      advice: expect.stringContaining(`${usages} to a role of the app for the whole subscription`),
    })
  })

  it('the identity of the machine is for named teams, and its token goes to Azure alone', async () => {
    const house = await makeTeam(test.db, 'house')
    const person = await makePerson(test.db, house, 'owner')
    const make = (by: typeof portal.owner, slug: string) =>
      createConnection(by.ctx, {
        team: slug,
        name: 'The machine',
        settings: { kind: 'azure-ml', ...PLACE, tenantId, baseUrl: place.edge.url },
        secrets: { ambientFor: slug },
      })
    expect(await make(portal.owner, portal.team.slug)).toMatchObject({
      ok: false,
      error: { fields: { isAmbient: expect.stringContaining('SLIPWAY_AMBIENT_AZURE_TEAMS') } },
    })
    expect(await make(person, house.slug)).toMatchObject({
      ok: false,
      error: { fields: { baseUrl: expect.stringContaining('for Azure itself') } },
    })
    expect(place.edge.calls).toEqual([])
  })

  it('a model runs there, and its answers come through the gateway', async () => {
    const { secretNames: _, ...spec } = azureSpec({ GREETING: 'from Azure' })
    const hardware = { ...spec.hardware, connection: connectionId }
    const wanted = {
      team: portal.team.slug,
      name: NAME,
      spec: { ...spec, hardware },
      secrets: {},
      sentType: null,
    }
    expectOk(await createEndpoint(portal.owner.ctx, wanted))
    await becomes('running')
    await answers()
    expect(await (await call('/env')).json()).toMatchObject({ GREETING: 'from Azure' })
    expect((await call('/env', { headers: { authorization: 'Bearer nobody' } })).status).toBe(401)
    const body = JSON.stringify({ inputs: 'x'.repeat(400_000) })
    expect((await call('/pid', { method: 'POST', body })).status).toBe(200)
  }, 150_000)

  it('what is asked of the bare address is asked where Azure scores, any other path of the container itself', async () => {
    const answer = await call('?trace=1', { method: 'POST', body: '{}' })
    expect([answer.status, await answer.text()]).toEqual([404, 'no such route'])
    expect((await call('', { method: 'POST', body: '{}' })).status).toBe(404)
    await call('/env?trace=2')
    const [online] = place.edge.workspace.endpoints.values()
    const paths = online?.door.answered.map(({ path }) => path).slice(-3)
    expect(paths).toEqual(['/score?trace=1', '/score', '/env?trace=2'])
  })

  it('a model’s error keeps its own status', async () => {
    const missing = await call('/no-such-route')
    expect([missing.status, await missing.text()]).toEqual([404, 'no such route'])
  })

  it('a token that Azure refuses is replaced unseen, and one new token is enough for all', async () => {
    place.edge.endTokens()
    const calls = await Promise.all(
      Array.from({ length: 8 }, () => call('/pid', { method: 'POST', body: '{}' })),
    )
    expect(calls.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200))
    expect(place.edge.tokensAsked('https://ml.azure.com/.default')).toBe(1)
  })

  it('an app that lost its right, or its secret, is no error of the caller', async () => {
    place.edge.rbac.take('Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action')
    const refused = await call('/env')
    expect([refused.status, await refused.text()]).toEqual([
      502,
      expect.stringContaining('Replace them under Connections'),
    ])
    place.edge.reset()
    place.edge.endTokens()
    place.edge.fate = ({ path }) =>
      path.endsWith('/token') ? { status: 401, error: 'invalid_client: AADSTS7000222: expired' } : 'pass'
    // The first learns that its token has ended, the next that there is no other.
    expect((await call('/env')).status).toBe(502)
    expect((await call('/env')).status).toBe(502)
    place.edge.reset()
    await answers()
  })

  it('a stream comes piece by piece, and one that breaks is broken off', async () => {
    const reader = (await call('/drip')).body?.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader?.read())?.value).toBe('data: one\n\n')
    await call('/drop')
    expect((await reader?.read())?.value).toBe('data: two\n\n')
    expect((await reader?.read())?.done).toBe(true)

    const broken = (await call('/drip')).body?.getReader()
    await broken?.read()
    await call('/drop?break')
    await expect(broken?.read()).rejects.toThrow()
  })

  it('secrets and tokens are in no file of the gateway, and in no answer of the portal', async () => {
    const saved = () => readFileSync(join(portal.gateway.dataDir, 'gateway', 'routes.json'), 'utf8')
    await expect.poll(saved, WAIT).toContain(connectionId)
    for (const text of [saved(), JSON.stringify(await look())])
      for (const secret of [SECRETS.clientSecret, SECRETS.clientId, ...place.edge.tokens()])
        expect(text).not.toContain(secret)
  })

  it('paused it costs nothing, resumed it answers again, and deleted it leaves nothing', async () => {
    expectOk(await pauseEndpoint(portal.owner.ctx, ref()))
    await becomes('paused')
    await expect.poll(() => place.edge.workspace.livingInstances, WAIT).toBe(0)
    expectOk(await resumeEndpoint(portal.owner.ctx, ref()))
    await becomes('running')
    await answers()
    const { id } = await look()
    expectOk(await removeEndpoint(portal.owner.ctx, ref()))
    await portal.isRemoved(id)
    expect(await place.names()).toEqual([])
    expect(place.edge.workspace.livingInstances).toBe(0)
  }, 200_000)
})
