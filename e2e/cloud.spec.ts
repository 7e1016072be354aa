import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { type FakeHub, startFakeHub } from '@/lib/testing/fake-hub'
import { expect, signIn, test } from './fixtures'
import { PortalApi } from './portal-api'
import { type StartedProduct, startProduct } from './product'

/** The name the second Slipway knows its bundled sample by; the first one sees an ordinary model of the Hub. */
const MODEL = 'slipway/sample-sentiment'
const NAME = 'cloudy'

/*
 * Two whole products: one with a Hugging Face connection, the other as what it connects to, through its
 * HF-compatible API. The Hub itself is a stand-in.
 */
let hub: FakeHub
let cloud: StartedProduct
let portal: StartedProduct

test.beforeAll(async () => {
  test.setTimeout(240_000)
  hub = await startFakeHub([
    {
      id: MODEL,
      pipelineTag: 'text-classification',
      libraryName: 'transformers',
      tags: ['onnx'],
      files: { 'config.json': '{}', 'onnx/model.onnx': 'x'.repeat(900) },
    },
  ])
  cloud = await startProduct({ env: { SLIPWAY_SKIP_SAMPLE: '1', SLIPWAY_LOCAL_USD_PER_CPU_HOUR: '0.06' } })
  portal = await startProduct({
    env: {
      SLIPWAY_SKIP_SAMPLE: '1',
      HF_ENDPOINT: hub.url,
      SLIPWAY_ALLOWED_PRIVATE_HOSTS: 'localhost,127.0.0.1',
    },
  })
})
test.afterAll(async () => {
  for (const product of [portal, cloud]) {
    await product?.stop()
    await product?.remove()
  }
  await hub?.close()
})

const state = (page: Page) =>
  page
    .getByRole('main')
    .getByText(/^(Pending|Initializing|Updating|Running|Paused|Pausing|Resuming|Failed)$/)
    .first()

test('an account is connected, and a model runs in it from the wizard to its end', async ({
  browser,
  request,
}) => {
  test.setTimeout(300_000)
  const context = await browser.newContext({ baseURL: portal.portalUrl })
  const page = await context.newPage()
  const api = new PortalApi(request, portal)
  await signIn(page, portal.admin)

  await test.step('each permission is tried when the connection is saved', async () => {
    await page.getByRole('link', { name: 'Connections' }).click()
    await page.getByRole('button', { name: 'New connection' }).first().click()
    await page.getByLabel('Name', { exact: true }).fill('Elsewhere')
    await page.getByLabel('Namespace').fill(cloud.team)
    await page.getByLabel('Token', { exact: true }).fill('slip_this_is_not_it')
    await page.getByLabel(/^Base URL/).fill(cloud.portalUrl)
    await page.getByRole('button', { name: 'Test and save' }).click()
    await expect(page.getByText(/does not accept this token/)).toBeVisible()
    await page.getByLabel('Token', { exact: true }).fill(cloud.admin.token)
    await page.getByRole('button', { name: 'Test and save' }).click()
    const saved = page.getByRole('dialog')
    await expect(saved.getByText('May create, change and delete endpoints: yes')).toBeVisible()
    await page.getByRole('button', { name: 'Done' }).click()
    await expect(page.getByRole('heading', { name: 'Elsewhere' })).toBeVisible()
  })

  await test.step('the wizard offers the account with its hardware, prices and autoscaling', async () => {
    await page.goto(routes.team.newEndpoint(portal.team, { model: MODEL }))
    await page.getByLabel('Endpoint name').fill(NAME)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('radio', { name: /Elsewhere/ }).click()
    await expect(
      page.getByText('Prices, availability and quota as the provider lists them now.'),
    ).toBeVisible()
    await page.getByRole('radiogroup', { name: 'Instance type' }).getByRole('radio', { name: /x1/ }).click()
    await expect(page.getByLabel('Minimum replicas')).toHaveValue('1')
    await expect(page.getByText('$0.06').first()).toBeVisible()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Create endpoint' }).click()
    await expect(page.getByRole('heading', { name: NAME, level: 1 })).toBeVisible()
    await expect(state(page)).toHaveText('Running', { timeout: 90_000 })
    await expect(page.getByText(`${cloud.gatewayUrl}/${cloud.team}/${NAME}-`)).toBeVisible()
  })

  await test.step('the playground answers through our gateway, and the log has its lines', async () => {
    const tab = (label: string) =>
      page.getByRole('navigation', { name: 'Endpoint' }).getByRole('link', { name: label })
    await tab('Playground').click()
    await page.getByLabel('Text', { exact: true }).fill('What a wonderful day!')
    await page.getByRole('button', { name: 'Call endpoint' }).click()
    const answer = page.getByRole('region', { name: 'Answer' })
    await expect(answer.getByText('positive').first()).toBeVisible()
    await tab('Analytics').click()
    const theirs = page.getByRole('region', { name: 'Measured by Hugging Face' })
    await expect(theirs.getByRole('heading', { name: 'Response time' })).toBeVisible({ timeout: 60_000 })
    await tab('Logs').click()
    await expect(page.getByText(/model ready|POST \//i).first()).toBeVisible({ timeout: 60_000 })
  })

  await test.step('what is changed in the account’s own console is said, and kept as it is there', async () => {
    const { id } = await api.endpoint(NAME)
    await page.goto(routes.endpoint(portal.team, NAME))
    const changed = await request.put(
      `${cloud.portalUrl}${routes.hf.endpoints(cloud.team)}/${NAME}-${id.slice(0, 8)}`,
      {
        headers: { authorization: `Bearer ${cloud.admin.token}` },
        data: { compute: { scaling: { minReplica: 2, maxReplica: 2 } } },
      },
    )
    expect(changed.ok()).toBe(true)
    const banner = page.getByRole('alert').filter({ hasText: 'Changed outside Slipway' })
    await expect(banner).toContainText('2 replicas there, 1 here', { timeout: 90_000 })
    await banner.getByRole('button', { name: 'Keep theirs' }).click()
    await expect(banner).toBeHidden()
    expect(await api.endpoint(NAME)).toMatchObject({
      revision: 2,
      drift: null,
      spec: { hardware: { scaling: { minReplicas: 2, maxReplicas: 2 } } },
    })
  })

  await test.step('deleted, nothing of it is left in the account', async () => {
    const { id } = await api.endpoint(NAME)
    await page.goto(routes.endpoint(portal.team, NAME, 'settings'))
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByLabel(`Type ${NAME} to confirm`).fill(NAME)
    await page.getByRole('button', { name: 'Delete endpoint' }).click()
    await expect.poll(async () => (await api.endpoint(id)).removedAt, { timeout: 90_000 }).not.toBeNull()
    const left = await request.get(`${cloud.portalUrl}${routes.hf.endpoints(cloud.team)}`, {
      headers: { authorization: `Bearer ${cloud.admin.token}` },
    })
    const { items } = (await left.json()) as { items: { name: string }[] }
    expect(items.filter(({ name }) => name.startsWith(NAME))).toEqual([])
  })
  await context.close()
})
