import { routes } from '@/lib/routes'
import { APP, AzureEdge } from '@/lib/testing/azure/edge'
import { makeTheirs } from '@/lib/testing/azure/place'
import { fillWorkspace } from './azure-account'
import { CloudJourney, sampleContainers, startCloudPortal } from './cloud-journey'
import { expect, test } from './fixtures'

const THEIRS = 'their-endpoint'

/* A whole product, and a workspace of Azure's stand-in that somebody made an endpoint in by other means. */
let edge: AzureEdge
let place: Awaited<ReturnType<typeof startCloudPortal>>

test.beforeAll(async () => {
  test.setTimeout(240_000)
  edge = await new AzureEdge(sampleContainers).start()
  await makeTheirs(edge, THEIRS, { HF_TASK: 'text-classification' })
  place = await startCloudPortal({ tags: [], file: 'model.safetensors' })
})
test.afterAll(async () => {
  await place?.end()
  await edge?.stop()
})

test('what was in an account before is looked at, released, and managed when somebody says so', async ({
  browser,
  request,
}) => {
  test.setTimeout(180_000)
  const journey = await CloudJourney.begin({ browser, request }, place.portal, THEIRS)
  const { page } = journey
  const changes = () => edge.calls.filter(call => /^(PUT|PATCH|DELETE) /.test(call))
  const readOnly = page.getByRole('main').getByText('Read-only: it was in the account before Slipway')

  /** From the card of the connection to the page of the adopted endpoint. */
  const adopt = async () => {
    await page.getByRole('link', { name: 'Connections' }).click()
    await page.getByRole('button', { name: 'Endpoints in this account' }).click()
    const list = page.getByRole('dialog').getByRole('list', { name: 'Endpoints in this account' })
    await expect(list.getByText(/theirs\.azurecr\.io\/server:1 · Standard_DS3_v2/)).toBeVisible()
    await list.getByRole('button', { name: `Adopt ${THEIRS}` }).click()
    await list.getByRole('link', { name: THEIRS }).click()
    await expect(page.getByRole('heading', { name: THEIRS, level: 1 })).toBeVisible()
    await expect(readOnly).toBeVisible()
    await journey.becomes('Running')
  }

  await test.step('its account is connected', async () => {
    const form = await journey.newConnection()
    await fillWorkspace(form, edge.url)
    await form.getByLabel('Client secret').fill(APP.clientSecret)
    await form.getByRole('button', { name: 'Test and save' }).click()
    await expect(form.getByText('May create and change endpoints: yes')).toBeVisible({ timeout: 60_000 })
    await form.getByRole('button', { name: 'Done' }).click()
    // Whether the app may do so has been tried.
    edge.reset()
  })

  await test.step('adopted, its page says that it is only looked at, and calls go through the gateway', async () => {
    await adopt()
    await journey.answers()
    expect((await journey.call('nobody')).status()).toBe(401)
    await expect(page.getByRole('button', { name: 'Pause', exact: true })).toHaveCount(0)
    await page.goto(routes.team.endpoints(place.portal.team))
    await expect(
      page.getByRole('row', { name: THEIRS }).getByText('Read-only', { exact: true }),
    ).toBeVisible()
    await page.goto(routes.endpoint(place.portal.team, THEIRS, 'overview'))
  })

  await test.step('released, it is as it was and can be adopted again', async () => {
    await page.getByRole('button', { name: 'Release' }).click()
    await expect(page).toHaveURL(new RegExp(`${routes.team.endpoints(place.portal.team)}$`))
    expect(changes()).toEqual([])
    await adopt()
  })

  const manage = async () => {
    await page.getByRole('button', { name: 'Manage' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Manage it' }).click()
  }

  await test.step('what an update would lose keeps it read-only, and is said', async () => {
    const { properties } = edge.workspace.deployment(THEIRS, 'blue').asked
    Object.assign(properties, { egressPublicNetworkAccess: 'Disabled' })
    await manage()
    await expect(page.getByRole('alert').filter({ hasText: 'It cannot be managed.' })).toContainText(
      'its containers are cut off from the internet, which Slipway cannot set',
    )
    await expect(readOnly).toBeVisible()
    expect(changes()).toEqual([])
    Object.assign(properties, { egressPublicNetworkAccess: 'Enabled' })
  })

  await test.step('managed, its replicas can be changed', async () => {
    await manage()
    await expect(readOnly).toBeHidden()
    await expect.poll(() => edge.workspace.endpoint(THEIRS).asked.tags).toHaveProperty(['slipway:taken'])
    await page.goto(routes.endpoint(place.portal.team, THEIRS, 'settings'))
    await page.getByLabel('Maximum replicas').fill('2')
    await page.getByLabel('Minimum replicas').fill('2')
    await page.getByRole('button', { name: 'Save as a new revision' }).click()
    await expect.poll(() => edge.workspace.deploymentNames(), { timeout: 90_000 }).toEqual(['rev-2'])
    await journey.answers()
  })

  await test.step('deleted, nothing of it runs in the account', async () => {
    await journey.delete()
    expect([...edge.workspace.endpoints.keys()]).toEqual([])
  })
  await journey.end()
})
