import { routes } from '@/lib/routes'
import { CloudJourney, startCloudPortal } from './cloud-journey'
import { expect, test } from './fixtures'
import { type StartedProduct, startProduct } from './product'

const NAME = 'cloudy'

/*
 * Two whole products: one with a Hugging Face connection, the other as what it connects to, through its
 * HF-compatible API. The Hub itself is a stand-in.
 */
let cloud: StartedProduct
let place: Awaited<ReturnType<typeof startCloudPortal>>

test.beforeAll(async () => {
  test.setTimeout(240_000)
  cloud = await startProduct({ env: { SLIPWAY_SKIP_SAMPLE: '1', SLIPWAY_LOCAL_USD_PER_CPU_HOUR: '0.06' } })
  place = await startCloudPortal({ tags: ['onnx'], file: 'onnx/model.onnx' })
})
test.afterAll(async () => {
  await place?.end()
  await cloud?.stop()
  await cloud?.remove()
})

test('an account is connected, and a model runs in it from the wizard to its end', async ({
  browser,
  request,
}) => {
  test.setTimeout(300_000)
  const journey = await CloudJourney.begin({ browser, request }, place.portal, NAME)
  const { page } = journey

  await test.step('each permission is tried when the connection is saved', async () => {
    await journey.newConnection()
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
    await journey.hardwareOf(/Elsewhere/)
    await expect(
      page.getByText('Prices, availability and quota as the provider lists them now.'),
    ).toBeVisible()
    await page.getByRole('radiogroup', { name: 'Instance type' }).getByRole('radio', { name: /x1/ }).click()
    await expect(page.getByLabel('Minimum replicas')).toHaveValue('1')
    await expect(page.getByText('$0.06').first()).toBeVisible()
    await journey.continue()
    await journey.continue()
    await journey.create()
    await expect(page.getByText(`${cloud.gatewayUrl}/${cloud.team}/${NAME}-`)).toBeVisible()
  })

  await test.step('the playground answers through our gateway, and the log has its lines', async () => {
    await journey.tab('Playground')
    await page.getByLabel('Text', { exact: true }).fill('What a wonderful day!')
    await page.getByRole('button', { name: 'Call endpoint' }).click()
    const answer = page.getByRole('region', { name: 'Answer' })
    await expect(answer.getByText('positive').first()).toBeVisible()
    await journey.tab('Analytics')
    const theirs = page.getByRole('region', { name: 'Measured by Hugging Face' })
    await expect(theirs.getByRole('heading', { name: 'Response time' })).toBeVisible({ timeout: 60_000 })
    await journey.logHasLines()
  })

  await test.step('what is changed in the account’s own console is said, and kept as it is there', async () => {
    const { id } = await journey.api.endpoint(NAME)
    await journey.tab('Overview')
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
    expect(await journey.api.endpoint(NAME)).toMatchObject({
      revision: 2,
      drift: null,
      spec: { hardware: { scaling: { minReplicas: 2, maxReplicas: 2 } } },
    })
  })

  await test.step('a change of settings is a new revision there', async () => {
    await journey.update()
  })

  await test.step('a pause there is a pause here, and resuming brings the answers back', async () => {
    await journey.pause(/its replicas stop and cost nothing/)
    await journey.resume()
  })

  await test.step('deleted, nothing of it is left in the account', async () => {
    await journey.delete()
    const left = await request.get(`${cloud.portalUrl}${routes.hf.endpoints(cloud.team)}`, {
      headers: { authorization: `Bearer ${cloud.admin.token}` },
    })
    const { items } = (await left.json()) as { items: { name: string }[] }
    expect(items.filter(({ name }) => name.startsWith(NAME))).toEqual([])
  })
  await journey.end()
})
