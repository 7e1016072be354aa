import { routes } from '@/lib/routes'
import { Listener } from '@/lib/testing/listener'
import { PrivateHf } from '@/lib/testing/private-hf'
import { CloudJourney, startCloudPortal } from './cloud-journey'
import { expect, test } from './fixtures'

const NAME = 'inner'

/* A whole product with an account at a stand-in that has private links, and a place in "its network" that listens. */
let hf: PrivateHf
let inner: Listener
let place: Awaited<ReturnType<typeof startCloudPortal>>

test.beforeAll(async () => {
  test.setTimeout(240_000)
  hf = await new PrivateHf().start()
  inner = await new Listener().start()
  place = await startCloudPortal({ tags: [], file: 'model.safetensors' })
})
test.afterAll(async () => {
  await place?.end()
  await inner?.close()
  await hf?.stop()
})

test('an endpoint behind a private link is direct only until the gateway reaches it', async ({
  browser,
  request,
}) => {
  test.setTimeout(270_000)
  const journey = await CloudJourney.begin({ browser, request }, place.portal, NAME)
  const { page } = journey

  await test.step('the account is connected', async () => {
    await journey.newConnection()
    await page.getByLabel('Name', { exact: true }).fill('Acme at Hugging Face')
    await page.getByLabel('Namespace').fill('acme')
    await page.getByLabel('Token', { exact: true }).fill('hf_a_token_of_the_test')
    await page.getByLabel(/^Base URL/).fill(hf.url)
    await page.getByRole('button', { name: 'Test and save' }).click()
    await page.getByRole('button', { name: 'Done' }).click()
  })

  await test.step('the wizard asks the gateway, and offers direct only where it does not reach the address', async () => {
    await journey.hardwareOf(/Acme at Hugging Face/)
    await page.getByLabel('Maximum replicas').fill('3')
    await page.getByLabel('Scales by').click()
    await page.getByRole('option', { name: /Waiting requests/ }).click()
    await expect(page.getByLabel('Threshold')).toHaveValue('1.5')
    await journey.continue()
    await page.getByLabel('Private at the provider').click()
    await page.getByLabel('AWS account').fill('123456789012')
    await page.getByLabel('Private address').fill('127.0.0.1:1')
    await page.getByRole('button', { name: 'Check from the gateway' }).click()
    await expect(page.getByText(/127\.0\.0\.1:1 refuses connections from the gateway/)).toBeVisible()
    await page.getByRole('button', { name: 'Make it direct only' }).click()
    await expect(page.getByRole('radio', { name: /^Direct only/ })).toBeChecked()
    await journey.continue()
    await expect(page.getByText('PrivateLink for AWS account 123456789012')).toBeVisible()
    await page.getByRole('button', { name: 'Create endpoint' }).click()
    await expect(page.getByRole('heading', { name: NAME, level: 1 })).toBeVisible()
  })

  await test.step('Overview shows the service to connect to and how to call the provider, and nothing that cannot work', async () => {
    await expect(page.getByText('com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0')).toBeVisible({
      timeout: 60_000,
    })
    await expect(page.getByText('Call it at Hugging Face')).toBeVisible()
    await expect(page.getByText(/\$HF_TOKEN/).first()).toBeVisible()
    await expect(page.getByRole('link', { name: 'Playground' })).toHaveCount(0)
    await expect(page.getByText('Share a demo')).toHaveCount(0)
    await journey.tab('Analytics')
    await expect(page.getByText(/^Direct only: calls bypass Slipway/)).toBeVisible()
    await expect(page.getByRole('region', { name: 'Measured by Hugging Face' })).toBeVisible()
    const refused = await journey.call()
    expect(refused.status()).toBe(421)
    expect(await refused.text()).toContain(`https://${NAME}-`)
  })

  await test.step('in Settings it is given to the gateway once that reaches the address', async () => {
    await page.goto(routes.endpoint(place.portal.team, NAME, 'settings'))
    await page.getByRole('radio', { name: /^Through the gateway/ }).click()
    await page.getByLabel('Private address').fill(inner.address)
    await page.getByRole('button', { name: 'Check from the gateway' }).click()
    await expect(page.getByText(/^The gateway reaches 127\.0\.0\.1/)).toBeVisible()
    await page.getByRole('button', { name: 'Save as a new revision' }).click()
    await expect.poll(async () => (await journey.api.endpoint(NAME)).isDirectOnly).toBe(false)
    await expect(page.getByRole('link', { name: 'Playground' })).toBeVisible()
  })
  await test.step('Overview and Analytics say so when the gateway loses its way there', async () => {
    await inner.close()
    const banner = page.getByRole('alert').filter({ hasText: 'The gateway does not reach it' })
    await page.goto(routes.endpoint(place.portal.team, NAME, 'overview'))
    await expect(banner).toContainText('refuses connections from the gateway', { timeout: 90_000 })
    await journey.tab('Analytics')
    await expect(banner).toContainText('choose direct only')
  })
  await journey.end()
})
