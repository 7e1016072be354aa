import { routes } from '@/lib/routes'
import { commitOf, type FakeHub, startFakeHub } from '@/lib/testing/fake-hub'
import { expect, signIn, test } from './fixtures'
import { type StartedProduct, startProduct } from './product'

const onnx = { libraryName: 'transformers', tags: ['onnx', 'license:mit'] }
let hub: FakeHub
let product: StartedProduct

test.beforeAll(async () => {
  // The Hub cannot be reached from where these tests run; its stand-in speaks its routes.
  hub = await startFakeHub([
    {
      ...onnx,
      id: 'acme/a-model-with-a-name-that-is-far-too-long-for-the-screen-of-a-phone',
      pipelineTag: 'text-classification',
      downloads: 90_000,
      safetensors: { parameters: { F32: 66_955_010 }, total: 66_955_010 },
    },
    {
      ...onnx,
      id: 'acme/without-safetensors',
      pipelineTag: 'fill-mask',
      files: { 'config.json': '{}', 'onnx/model.onnx': 'x'.repeat(5 * 1024 ** 2) },
      branches: { next: { 'config.json': '{}', 'onnx/model.onnx': 'y'.repeat(2 * 1024 ** 2) } },
    },
    {
      id: 'acme/without-onnx',
      pipelineTag: 'text-generation',
      files: { 'config.json': '{}', 'model.safetensors': 'x'.repeat(3 * 1024 ** 2) },
    },
  ])
  product = await startProduct({ env: { HF_ENDPOINT: hub.url, SLIPWAY_SKIP_SAMPLE: '1' } })
})
test.afterAll(async () => {
  await product.stop()
  await product.remove()
  await hub.close()
})

test('the Hub’s models say what they weigh, on a phone too', async ({ browser }) => {
  const viewport = { width: 390, height: 900 }
  const context = await browser.newContext({ baseURL: product.portalUrl, viewport })
  const page = await context.newPage()
  await signIn(page, product.admin)
  await page.goto(routes.team.newEndpoint(product.team))
  await page.getByRole('tab', { name: 'Hugging Face Hub' }).click()
  // Told by the list itself; for the other its files are asked for, once it has been looked at.
  await expect(page.getByRole('radio', { name: /too-long.*Size ≈ 255 MiB/ })).toBeVisible()
  await expect(page.getByRole('radio', { name: /without-safetensors.*Size 5 MiB/ })).toBeVisible()
  // What only clouds load is listed when it is asked for.
  await expect(page.getByRole('radio', { name: /without-onnx/ })).toHaveCount(0)
  await page.getByRole('combobox', { name: 'Runs on' }).click()
  await page.getByRole('option', { name: 'A cloud', exact: true }).click()
  await page.getByRole('radio', { name: /without-onnx.*Size 3 MiB/ }).click()
  await expect(page.getByText(/^Not on this machine: It has no ONNX weights/)).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await context.close()
})

test('the revision that was chosen stays chosen, whatever its branch does', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: product.portalUrl })
  const page = await context.newPage()
  await signIn(page, product.admin)
  await page.goto(routes.team.newEndpoint(product.team))
  await page.getByRole('tab', { name: 'Hugging Face Hub' }).click()
  await page.getByRole('radio', { name: /without-safetensors/ }).click()
  await page.getByRole('combobox', { name: 'Revision' }).click()
  await page.getByRole('option', { name: 'next (branch)' }).click()
  const model = hub.models.find(({ id }) => id === 'acme/without-safetensors')
  const commit = model ? commitOf(model, 'next').slice(0, 10) : ''
  await expect(page.getByText(commit, { exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'Revision' })).toHaveText(`${commit} (commit)`)
  await expect(page.getByText(commit, { exact: true })).toBeVisible()
  await context.close()
})
