import { routes } from '@/lib/routes'
import { HF_CREATE_BODY } from '@/lib/testing/doors'
import { type FakeHub, startFakeHub } from '@/lib/testing/fake-hub'
import { expect, signIn, test } from './fixtures'
import { insertHubAccount } from './hub-account'
import { type StartedProduct, startProduct } from './product'

// The Hub, its Spaces and the Inference Providers are a stand-in: they cannot be reached from where these tests run.
let hub: FakeHub
let product: StartedProduct

test.beforeAll(async ({ playwright }) => {
  hub = await startFakeHub([
    {
      id: 'acme/classifier',
      pipelineTag: 'text-classification',
      libraryName: 'transformers',
      tags: ['onnx'],
      files: { 'config.json': '{}', 'onnx/model.onnx': 'x'.repeat(900) },
      servedBy: { 'hf-inference': 'text-classification' },
    },
  ])
  hub.spaces.writer = 'hf_of_the_team'
  product = await startProduct({
    env: {
      SLIPWAY_SKIP_SAMPLE: '1',
      HF_ENDPOINT: hub.url,
      SLIPWAY_HF_ROUTER_URL: hub.url,
      SLIPWAY_ALLOWED_PRIVATE_HOSTS: '127.0.0.1',
    },
  })
  await insertHubAccount(product, 'hf_of_the_team')
  const api = await playwright.request.newContext({ baseURL: product.portalUrl })
  const made = await api.post(routes.hf.endpoints(product.team), {
    headers: { authorization: `Bearer ${product.admin.token}` },
    data: HF_CREATE_BODY,
  })
  expect(made.ok()).toBe(true)
  await api.dispose()
})
test.afterAll(async () => {
  await product?.stop()
  await product?.remove()
  await hub?.close()
})

test('a model is tried before it is deployed, and a demo is shared after', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: product.portalUrl })
  const page = await context.newPage()
  await signIn(page, product.admin)

  await test.step('a hosted copy answers in the wizard', async () => {
    await page.goto(routes.team.newEndpoint(product.team, { model: 'acme/classifier' }))
    await page.getByRole('button', { name: 'Try it first' }).click()
    const trial = page.getByRole('dialog')
    await expect(trial.getByText(/This is not your endpoint/)).toBeVisible()
    await trial.getByLabel('Text').fill('good')
    await trial.getByRole('button', { name: 'Try it' }).click()
    await expect(trial.getByText('hosted: good').first()).toBeVisible()
    hub.faults.answer(403, { path: '/hf-inference' })
    await trial.getByRole('button', { name: 'Try it' }).click()
    await expect(trial.getByText(/Add inference\.serverless\.write/)).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('a demo is downloaded, then pushed once that was agreed to', async () => {
    await page.goto(routes.endpoint(product.team, HF_CREATE_BODY.name))
    await page.getByRole('button', { name: 'Share a demo' }).click()
    const share = page.getByRole('dialog')
    const download = page.waitForEvent('download')
    await share.getByRole('link', { name: 'Download zip' }).click()
    expect((await download).suggestedFilename()).toBe('by-api-gradio.zip')
    await expect(share.getByRole('button', { name: 'Push to Hugging Face' })).toBeDisabled()
    await share.getByRole('checkbox').click()
    await share.getByRole('button', { name: 'Push to Hugging Face' }).click()
    await expect(share.getByText('The Space is made')).toBeVisible()
    expect(hub.spaces.repositories.get('acme/by-api-demo')).toMatchObject({ isPrivate: true })
  })

  await test.step('its token stands under Tokens', async () => {
    await page.goto(routes.team.tokens(product.team))
    await expect(page.getByText('Space acme/by-api-demo').first()).toBeVisible()
  })
  await context.close()
})
