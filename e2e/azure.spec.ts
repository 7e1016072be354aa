import { BUILTIN_AS_OF } from '@/lib/server/providers/azure-ml/builtin-hardware'
import { APP, AzureEdge, PLACE } from '@/lib/testing/azure/edge'
import { fillWorkspace } from './azure-account'
import { CloudJourney, sampleContainers, startCloudPortal } from './cloud-journey'
import { expect, test } from './fixtures'

const NAME = 'azurite'
const LIVE = 'Prices, availability and quota as the provider lists them now.'
const LOGS = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments/getLogs/action'

/*
 * A whole product with a workspace of Azure's stand-in, whose instances run our own model server with the sample
 * model. What Slipway sends there is checked against Microsoft's specification.
 */
let edge: AzureEdge
let place: Awaited<ReturnType<typeof startCloudPortal>>

test.beforeAll(async () => {
  test.setTimeout(300_000)
  edge = await new AzureEdge(sampleContainers).start()
  place = await startCloudPortal({ tags: [], file: 'model.safetensors' })
})
test.afterAll(async () => {
  await place?.end()
  await edge?.stop()
})

test('a workspace of Azure is connected, and a model runs in it from the wizard to its end', async ({
  browser,
  request,
}) => {
  test.setTimeout(270_000)
  const journey = await CloudJourney.begin({ browser, request }, place.portal, NAME)
  const { page } = journey

  await test.step('the form gives the roles of this place and tells each permission', async () => {
    const form = await journey.newConnection()
    await fillWorkspace(form, edge.url)
    await form.getByText('The role for endpoints').click()
    const roles = form.getByText(`resourceGroups/${PLACE.resourceGroup}"`)
    await expect(roles.filter({ visible: true }).first()).toBeVisible()
    await form.getByLabel('Client secret').fill('not~the.secret')
    await form.getByRole('button', { name: 'Test and save' }).click()
    await expect(form.getByText(/does not accept this app.*AADSTS7000215/)).toBeVisible({ timeout: 60_000 })
    edge.rbac.take(LOGS)
    await form.getByLabel('Client secret').fill(APP.clientSecret)
    await form.getByRole('button', { name: 'Test and save' }).click()
    await expect(form.getByText('May create and change endpoints: yes')).toBeVisible({ timeout: 60_000 })
    await expect(form.getByText(/May read logs: no.*Add .*getLogs\/action to the app/)).toBeVisible()
    edge.reset()
    await form.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('button', { name: 'Test again' }).click()
    await expect(page.getByRole('main').getByText('May read logs: yes')).toBeVisible({ timeout: 60_000 })
  })

  await test.step('while Azure’s price list is down a dated table of ours is offered, and the page says so', async () => {
    const isPrices = (path: string) => path === '/api/retail/prices'
    edge.fate = ({ path }) => (isPrices(path) ? { status: 503, error: 'ServerBusy: later' } : 'pass')
    await journey.hardwareOf(/Our workspace/)
    const builtin = page.getByText(`Hardware and prices of ${BUILTIN_AS_OF}, from a built-in table: `)
    await expect(builtin).toContainText('Azure’s price list')
    await page.getByRole('radio', { name: /Standard_DS3_v2/ }).click()
    await journey.continue()
    await expect(page.getByRole('radio', { name: /^Protected/ })).toBeChecked()
    edge.reset()
    // What is known is shown while it is asked for anew: the visit after finds Azure's own.
    await expect(async () => {
      await journey.hardwareOf(/Our workspace/)
      await expect(page.getByText(LIVE)).toBeVisible({ timeout: 1_000 })
    }).toPass({ timeout: 60_000 })
    await expect(builtin).toBeHidden()
  })

  await test.step('the wizard offers its hardware and prices, and only what Azure can do', async () => {
    await journey.hardwareOf(/Our workspace/)
    await page.getByRole('radio', { name: 'GPU', exact: true }).click()
    await expect(page.getByText(/Quota: 8 of 8 CPUs/).first()).toBeVisible()
    await page.getByRole('radio', { name: 'CPU', exact: true }).click()
    await page.getByRole('radio', { name: /Standard_DS3_v2/ }).click()
    await expect(page.getByText('$0.29').first()).toBeVisible()
    await expect(page.getByLabel('Scale to zero')).toHaveCount(0)
    await page.getByLabel('Maximum replicas').fill('2')
    await expect(page.getByLabel('Requests per replica and minute')).toHaveValue('60')
    await journey.continue()
    await expect(page.getByRole('radio', { name: /^Protected/ })).toBeChecked()
    await journey.continue()
    await journey.create()
    await expect.poll(() => [...edge.workspace.settings.keys()], { timeout: 30_000 }).toHaveLength(1)
  })

  await test.step('a call with a token is answered by the model; charts and logs show it', async () => {
    await journey.answers()
    expect((await journey.call('nobody')).status()).toBe(401)
    await journey.tab('Analytics')
    await expect(page.getByRole('cell', { name: '200' }).first()).toBeVisible({ timeout: 60_000 })
    const theirs = page.getByRole('region', { name: 'Measured by Azure Machine Learning' })
    await expect(theirs.getByRole('heading', { name: 'Request latency' })).toBeVisible({ timeout: 60_000 })
    await journey.logHasLines()
  })

  await test.step('a change of settings is a second deployment, and the first one goes', async () => {
    await journey.update()
    await expect.poll(() => edge.workspace.deploymentNames(), { timeout: 90_000 }).toEqual(['rev-2'])
  })

  await test.step('a pause removes the deployment at Azure, and resuming makes it again', async () => {
    await journey.pause(/Azure has no pause/)
    await expect.poll(() => edge.workspace.livingInstances).toBe(0)
    await journey.resume()
  })

  await test.step('deleted, nothing of it is left in the workspace', async () => {
    await journey.delete()
    const { endpoints, environments, settings } = edge.workspace
    expect([...endpoints.keys(), ...environments.keys(), ...settings.keys()]).toEqual([])
  })
  await journey.end()
})
