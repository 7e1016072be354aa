import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { GROUP_RIGHTS } from '@/lib/domain/connections/azure-role'
import type { Network } from '@/lib/domain/network/network'
import { azureSpec, containerSpec, startAzurePlace } from '@/lib/testing/azure/place'
import { cloudLives } from '@/lib/testing/cloud-lives'
import { marksFor } from '@/lib/testing/marks'
import { readLogs } from '@/lib/testing/provider-logs'
import { withScaling } from '@/lib/testing/specs'
import { PATIENCE, reach, removeWhole, wishOf } from '@/lib/testing/wished-endpoint'
import { endpointNameOf } from './naming'
import { createAzureProvider } from './provider'

const OPTIONS = { logPollMs: 50, retryMs: 5, timeoutMs: 10_000 }
const LONG = 90_000

describe('an endpoint’s life at Azure Machine Learning, on a stand-in', () => {
  let place: Awaited<ReturnType<typeof startAzurePlace>>
  beforeAll(async () => {
    place = await startAzurePlace()
  })
  afterEach(() => place.edge.reset())
  afterAll(() => place?.edge.stop())
  const another = (secret = place.account.secret) =>
    createAzureProvider({ ...place.account, secret }, OPTIONS)
  const counted = (method: string, end: RegExp) =>
    place.edge.calls.filter(call => call.startsWith(`${method} `) && end.test(call)).length

  cloudLives(() => ({
    another,
    specWith: azureSpec,
    ask: place.ask,
    unhealthy: 'the user container crashed',
    updates: () => counted('PUT', /deployments\/rev-2$/),
    resize: (wish, capacity) =>
      place.edge.workspace.changeDeployment(endpointNameOf(wish), 'rev-1', { sku: { capacity } }),
    livingInstances: () => place.edge.workspace.livingInstances,
  }))

  test(
    'a container that does not start says so, its log can be read, and the next revision is made anew',
    async () => {
      const provider = another()
      const wish = wishOf(azureSpec({ STUB_FAIL: 'no such model' }))
      const failed = await reach(provider, wish, 'failed')
      expect(failed.errorMessage).toContain('the user container crashed')
      expect(failed.replicas).toMatchObject([{ state: 'failed' }])
      // Who did not ask for it cannot know more.
      expect((await another().observe(wish))?.errorMessage).toContain('Its log may say why')
      const [replica] = failed.replicas
      const ref = { ...wish, replicaId: replica?.id ?? '', replicaName: replica?.name ?? '' }
      const said = async () => (await readLogs({ provider, ref })).texts
      await expect.poll(said, PATIENCE).toContain('stub: no such model')
      await provider.apply(wish)
      expect(counted('PUT', /deployments\/rev-1$/)).toBe(1)
      const mended = { ...wish, revision: 2, spec: azureSpec() }
      expect(await reach(provider, mended, 'running')).toMatchObject({ revision: 2, errorMessage: null })
      await removeWhole(provider, mended)
      expect(await place.names()).toEqual([])
    },
    LONG,
  )

  test('what was created by half is said, waits for what it lacks, and goes with the rest', async () => {
    const provider = another()
    const wish = wishOf(azureSpec())
    place.edge.fate = ({ method, path }) =>
      method === 'PUT' && path.includes('/deployments/')
        ? { status: 400, error: 'OutOfQuota: Not enough quota for Standard_DS3_v2.' }
        : 'pass'
    const refusal = () =>
      provider.apply(wish).then(
        () => null,
        (error: unknown) => error,
      )
    await expect.poll(refusal, PATIENCE).toMatchObject({ code: 'quota' })
    expect(await place.names()).toHaveLength(1)
    expect(place.edge.workspace.deploymentNames()).toEqual([])
    place.edge.reset()
    await reach(provider, wish, 'running')
    await removeWhole(provider, wish)
    expect(await place.names()).toEqual([])
  })

  test(
    'a container of one’s own is described to Azure, per revision, and goes with the rest',
    async () => {
      const provider = another()
      const wish = wishOf(containerSpec('ghcr.io/org/server:1'), { secrets: { TOKEN: 'secret' } })
      const { address } = await reach(provider, wish, 'running')
      expect(await (await place.ask(address, '/env')).json()).toMatchObject({ TOKEN: 'secret' })
      // The endpoint, its deployment and its container.
      expect(await place.marks()).toEqual([marksFor(wish), marksFor(wish), marksFor(wish)])
      const second = { ...wish, revision: 2, spec: containerSpec('ghcr.io/org/server:2') }
      await reach(provider, second, 'running')
      await provider.apply(second)
      const [versions] = [...place.edge.workspace.environments.values()]
      expect([...(versions?.keys() ?? [])]).toEqual(['2'])
      await removeWhole(provider, second)
      expect(await place.names()).toEqual([])
    },
    LONG,
  )

  test(
    'what is private is closed to the internet from its first moment, and stays so while it is paused',
    async () => {
      const provider = another()
      const network: Network = { private: { link: { kind: 'azure-ml' }, calls: { by: 'direct' } } }
      const wish = wishOf({ ...azureSpec(), network })
      const access = () =>
        [...place.edge.workspace.endpoints.values()].map(({ asked }) => asked.properties.publicNetworkAccess)
      await provider.apply(wish)
      expect(access()).toEqual(['Disabled'])
      await reach(provider, wish, 'running')
      await reach(provider, { ...wish, desired: 'paused' }, 'paused')
      expect(access()).toEqual(['Disabled'])
      await reach(provider, wish, 'running')

      // Somebody opened it there: it is told, and closed again only where that is asked for.
      const [name = ''] = place.edge.workspace.endpoints.keys()
      const { asked } = place.edge.workspace.endpoint(name)
      const properties = { ...asked.properties, publicNetworkAccess: 'Enabled' }
      await place.edge.workspace.putEndpoint(name, { ...asked, properties })
      const isOnInternet = async () => (await provider.observe(wish))?.setup?.isOnInternet
      await expect.poll(isOnInternet, PATIENCE).toBe(true)
      await provider.apply(wish)
      expect(await isOnInternet()).toBe(true)
      const restored = async () => {
        // Asked again as a controller does: what is at work just now takes nothing.
        await provider.apply({ ...wish, isAnew: true })
        return await isOnInternet()
      }
      await expect.poll(restored, PATIENCE).toBe(false)
      await reach(provider, wish, 'running')

      const open = { ...wish, revision: 2, spec: azureSpec() }
      await reach(provider, open, 'running')
      expect(access()).toEqual(['Enabled'])
      await removeWhole(provider, open)
    },
    LONG,
  )

  test(
    'a range is scaled by Azure Monitor, follows the revision, and goes with a pause and with the endpoint',
    async () => {
      const provider = another()
      const specOf = (maxReplicas: number) =>
        withScaling(azureSpec(), { minReplicas: 1, maxReplicas, requestsPerMinute: 60 })
      const settings = () => [...place.edge.workspace.settings.keys()].map(name => name.slice(-5))
      const isComplete = async () => (await another().observe(wish))?.isIncomplete === false
      const wish = wishOf(specOf(3))
      await reach(provider, wish, 'running')
      await expect.poll(() => provider.apply(wish).then(isComplete), PATIENCE).toBe(true)
      expect(settings()).toEqual(['rev-1'])
      // The endpoint, its deployment and its scaling.
      expect(await place.marks()).toEqual([marksFor(wish), marksFor(wish), marksFor(wish)])
      // Asked once: what is set stays.
      await provider.apply(wish)
      expect(counted('PUT', /autoscaleSettings/)).toBe(1)
      // Somebody changed it there.
      place.edge.workspace.settings.clear()
      expect(await another().observe(wish)).toMatchObject({
        state: 'running',
        isIncomplete: true,
        setup: { instances: 1 },
      })
      await provider.apply(wish)
      expect(await isComplete()).toBe(true)
      expect((await provider.observe(wish))?.setup?.scaling).toMatchObject({ minReplicas: 1, maxReplicas: 3 })

      const second = { ...wish, revision: 2, spec: specOf(2) }
      await reach(provider, second, 'running')
      await expect.poll(() => provider.apply(second).then(settings), PATIENCE).toEqual(['rev-2'])
      await reach(provider, { ...second, desired: 'paused' }, 'paused')
      expect(settings()).toEqual([])
      await reach(provider, second, 'running')
      await removeWhole(provider, second)
      expect(await place.names()).toEqual([])
    },
    LONG,
  )

  test('a token that has ended is replaced, and a secret that Entra refuses is said to be', async () => {
    const provider = another()
    const wish = wishOf(azureSpec())
    expect(await provider.observe(wish)).toBeNull()
    place.edge.endTokens()
    expect(await provider.observe(wish)).toBeNull()
    expect(counted('POST', /\/token$/)).toBe(2)
    const wrong = another({ ...place.account.secret, clientSecret: 'another' })
    await expect(wrong.observe(wish)).rejects.toMatchObject({
      code: 'credentials',
      message: expect.stringContaining('under Connections'),
    })
  })

  test('what can be had, how much of it and for what price is Azure’s to say', async () => {
    const { builtin, instanceTypes } = await another().catalog()
    expect(builtin).toBeUndefined()
    const told = instanceTypes.map(({ label, priceUsdPerHour, availability }) => [
      label,
      priceUsdPerHour,
      availability.status,
    ])
    expect(told).toEqual([
      ['Standard_DS2_v2', 0.146, 'available'],
      ['Standard_DS3_v2', 0.293, 'available'],
      ['Standard_F4s_v2', 0.169, 'available'],
      ['Standard_NC4as_T4_v3', 0.526, 'unavailable'],
      ['Standard_NC24ads_A100_v4', 3.673, 'unavailable'],
    ])
  })

  test('all that needs a right of the role was done above, so the role allows no more than is needed', () => {
    const unused = GROUP_RIGHTS.flatMap(({ actions }): readonly string[] => actions).filter(
      action => !place.edge.rbac.asked.has(action),
    )
    // Asked for by the test of a connection, and in the contract.
    expect(unused).toEqual([
      'Microsoft.MachineLearningServices/workspaces/read',
      'Microsoft.Insights/metrics/read',
    ])
  })
})
