import { afterAll, beforeAll, expect, test } from 'vitest'
import { PLACE } from '@/lib/testing/azure/edge'
import { containerSpec, startAzurePlace } from '@/lib/testing/azure/place'
import { PATIENCE, reach, removeWhole, wishOf } from '@/lib/testing/wished-endpoint'
import { workspacePath } from './account'
import { createAzureProvider } from './provider'

let place: Awaited<ReturnType<typeof startAzurePlace>>
beforeAll(async () => {
  place = await startAzurePlace()
})
afterAll(() => place?.edge.stop())

test('another image and other variables in a deployment’s place are told, and put back with its secrets', async () => {
  const provider = createAzureProvider(place.account, { logPollMs: 50, retryMs: 5, timeoutMs: 10_000 })
  const { workspace } = place.edge
  const wish = wishOf(containerSpec('ghcr.io/org/server:1'), { secrets: { TOKEN: 'secret' } })
  await reach(provider, wish, 'running')
  const [endpoint = ''] = workspace.endpoints.keys()
  const { asked } = workspace.deployment(endpoint, 'rev-1')
  const [versions] = workspace.environments.values()
  const described = versions?.get('1')
  workspace.environments.set(
    'other',
    new Map([['7', { properties: { ...described?.properties, image: 'other:1' } }]]),
  )
  const properties = {
    ...asked.properties,
    environmentId: `${workspacePath(PLACE)}/environments/other/versions/7`,
    environmentVariables: { TOKEN: 'theirs', MORE: '1' },
  }
  await workspace.putDeployment(endpoint, 'rev-1', { ...asked, properties })

  const seen = async () => (await provider.observe(wish))?.setup
  await expect.poll(async () => (await seen())?.image, PATIENCE).toBe('other:1')
  expect((await seen())?.env).toEqual({ TOKEN: 'theirs', MORE: '1' })
  await provider.apply(wish)
  expect((await seen())?.image).toBe('other:1')
  await provider.apply({ ...wish, isAnew: true })
  await expect.poll(async () => (await seen())?.image, PATIENCE).toBe('ghcr.io/org/server:1')
  expect(workspace.deployment(endpoint, 'rev-1').asked.properties).toEqual(asked.properties)
  await removeWhole(provider, wish)
}, 90_000)
