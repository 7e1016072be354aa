import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { AwsEdge, KEYS, REGION, ROLE_ARN } from '@/lib/testing/aws/edge'
import { namesOf, scaledIn } from '@/lib/testing/aws/place'
import { type FakeHub, startFakeHub } from '@/lib/testing/fake-hub'
import { hasPython } from '@/lib/testing/pinned-python'
import { expect, signIn, test } from './fixtures'
import { PortalApi } from './portal-api'
import { type StartedProduct, startProduct } from './product'

const MODEL = 'slipway/sample-sentiment'
const NAME = 'bedrock'

/*
 * A whole product with an AWS account of moto's, whose instances run our own model server: it speaks the wire format
 * of the container that SageMaker would start, and has the sample model on its disk. The Hub is a stand-in.
 */
let hub: FakeHub
let edge: AwsEdge
let portal: StartedProduct

test.skip(!hasPython(), 'moto needs Python with venv')

test.beforeAll(async () => {
  test.setTimeout(300_000)
  hub = await startFakeHub([
    {
      id: MODEL,
      pipelineTag: 'text-classification',
      libraryName: 'transformers',
      tags: [],
      files: { 'config.json': '{}', 'model.safetensors': 'x'.repeat(900) },
    },
  ])
  edge = await AwsEdge.start(({ HF_TASK }) => ({
    script: resolve('dist/model-server.mjs'),
    environment: {
      PATH: process.env.PATH,
      HF_TASK,
      HF_MODEL_DIR: resolve('lib/processes/model-server/sample/model'),
    },
  }))
  portal = await startProduct({
    env: {
      SLIPWAY_SKIP_SAMPLE: '1',
      HF_ENDPOINT: hub.url,
      SLIPWAY_ALLOWED_PRIVATE_HOSTS: 'localhost,127.0.0.1',
    },
  })
})
test.afterAll(async () => {
  await portal?.stop()
  await portal?.remove()
  await edge?.stop()
  await hub?.close()
})

const state = (page: Page) =>
  page
    .getByRole('main')
    .getByText(/^(Pending|Initializing|Updating|Running|Paused|Pausing|Resuming|Failed)$/)
    .first()

test('an AWS account is connected, and a model runs in it from the wizard to its end', async ({
  browser,
  request,
}) => {
  test.setTimeout(240_000)
  const context = await browser.newContext({ baseURL: portal.portalUrl })
  const page = await context.newPage()
  const api = new PortalApi(request, portal)
  await signIn(page, portal.admin)

  await test.step('the form gives the policy of this account and tries each permission', async () => {
    await page.getByRole('link', { name: 'Connections' }).click()
    await page.getByRole('button', { name: 'New connection' }).first().click()
    const form = page.getByRole('dialog')
    await form.getByRole('radio', { name: /SageMaker/ }).click()
    await form.getByLabel('Name', { exact: true }).fill('Our AWS account')
    await form.getByLabel('Region').fill(REGION)
    await form.getByLabel('Execution role ARN').fill(ROLE_ARN)
    await form.getByText('The keys: what Slipway may do').click()
    await expect(form.getByText(`:${REGION}:123456789012:endpoint/slipway-*`)).toBeVisible()
    await form.getByLabel('Access key ID').fill('AKIANOBODYATALL0')
    await form.getByLabel('Secret access key').fill(KEYS.secretAccessKey)
    await form.getByLabel(/^Endpoint URL/).fill(edge.url)
    await form.getByRole('button', { name: 'Test and save' }).click()
    await expect(form.getByText(/AWS does not accept these keys/)).toBeVisible({ timeout: 60_000 })
    edge.fate = ({ path }) =>
      path === '/FilterLogEvents'
        ? { status: 400, error: 'AccessDeniedException: not authorized to perform: logs:FilterLogEvents' }
        : 'pass'
    await form.getByLabel('Access key ID').fill(KEYS.accessKeyId)
    await form.getByRole('button', { name: 'Test and save' }).click()
    await expect(form.getByText('May create endpoints: yes')).toBeVisible({ timeout: 60_000 })
    await expect(form.getByText(/May read logs: no.*Add logs:FilterLogEvents/)).toBeVisible()
    edge.reset()
    await form.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('button', { name: 'Test again' }).click()
    await expect(page.getByRole('main').getByText('May read logs: yes')).toBeVisible({ timeout: 60_000 })
  })

  await test.step('the wizard offers its hardware and prices, and only what SageMaker can do', async () => {
    await page.goto(routes.team.newEndpoint(portal.team, { model: MODEL }))
    await page.getByLabel('Endpoint name').fill(NAME)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('radio', { name: /Our AWS account/ }).click()
    await page.getByRole('radio', { name: 'GPU', exact: true }).click()
    await page.getByRole('radio', { name: /ml\.g5\.xlarge/ }).click()
    await expect(page.getByText('$1.41').first()).toBeVisible()
    await expect(page.getByLabel('Scale to zero')).toHaveCount(0)
    await page.getByLabel('Maximum replicas').fill('3')
    await expect(page.getByText(/quota is 2 × ml\.g5\.xlarge/).first()).toBeVisible()
    await page.getByLabel('Maximum replicas').fill('2')
    await expect(page.getByLabel('Requests per replica and minute')).toHaveValue('60')
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByRole('radio', { name: /^Protected/ })).toBeChecked()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Create endpoint' }).click()
    await expect(page.getByRole('heading', { name: NAME, level: 1 })).toBeVisible()
    await expect(state(page)).toHaveText('Running', { timeout: 90_000 })
    await expect.poll(() => scaledIn(edge)).toEqual([{ variant: 'r1', between: [1, 2], aims: [60] }])
  })

  const call = async (headers: Record<string, string> = {}) =>
    await request.post(`${portal.gatewayUrl}/${portal.team}/${NAME}`, {
      headers,
      data: { inputs: 'What a wonderful day!' },
    })
  const authorization = `Bearer ${portal.admin.token}`
  const tab = (label: string) =>
    page.getByRole('navigation', { name: 'Endpoint' }).getByRole('link', { name: label })

  await test.step('a call with a token is answered by the model; charts and logs show it', async () => {
    await expect.poll(async () => (await call({ authorization })).status(), { timeout: 30_000 }).toBe(200)
    expect(await (await call({ authorization })).text()).toContain('positive')
    expect((await call()).status()).toBe(401)
    await tab('Analytics').click()
    await expect(page.getByRole('cell', { name: '200' }).first()).toBeVisible({ timeout: 60_000 })
    const theirs = page.getByRole('region', { name: 'Measured by Amazon SageMaker' })
    await expect(theirs.getByRole('heading', { name: 'Model latency' })).toBeVisible({ timeout: 60_000 })
    await tab('Logs').click()
    await expect(page.getByText(/model ready|POST \//i).first()).toBeVisible({ timeout: 60_000 })
  })

  await test.step('a pause removes it at SageMaker, and resuming creates it again', async () => {
    await page.getByRole('button', { name: 'Pause', exact: true }).first().click()
    const asked = page.getByRole('alertdialog')
    await expect(asked.getByText(/SageMaker has no pause/)).toBeVisible()
    await asked.getByRole('button', { name: 'Pause' }).click()
    await expect(state(page)).toHaveText('Paused', { timeout: 90_000 })
    await expect.poll(() => edge.hosting.livingInstances).toBe(0)
    await page.getByRole('button', { name: 'Resume' }).first().click()
    await expect(state(page)).toHaveText('Running', { timeout: 90_000 })
    await expect.poll(async () => (await call({ authorization })).status(), { timeout: 30_000 }).toBe(200)
  })

  await test.step('deleted, nothing of it is left in the account', async () => {
    const { id } = await api.endpoint(NAME)
    await page.goto(routes.endpoint(portal.team, NAME, 'settings'))
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByLabel(`Type ${NAME} to confirm`).fill(NAME)
    await page.getByRole('button', { name: 'Delete endpoint' }).click()
    await expect.poll(async () => (await api.endpoint(id)).removedAt, { timeout: 90_000 }).not.toBeNull()
    expect(await namesOf(edge)).toEqual([])
  })
  await context.close()
})
