import { AwsEdge, KEYS, REGION, ROLE_ARN } from '@/lib/testing/aws/edge'
import { imagesIn, namesOf, scaledIn } from '@/lib/testing/aws/place'
import { hasPython } from '@/lib/testing/pinned-python'
import { CloudJourney, sampleContainers, startCloudPortal } from './cloud-journey'
import { expect, test } from './fixtures'

/*
 * A whole product with an AWS account of moto's, whose instances run our own model server: it speaks the wire format
 * of the container that SageMaker would start, and has the sample model on its disk. The Hub is a stand-in.
 */
let edge: AwsEdge
let place: Awaited<ReturnType<typeof startCloudPortal>>

test.skip(!hasPython(), 'moto needs Python with venv')

test.beforeAll(async () => {
  test.setTimeout(300_000)
  edge = await AwsEdge.start(sampleContainers)
  place = await startCloudPortal({ tags: [], file: 'model.safetensors' })
})
test.afterAll(async () => {
  await place?.end()
  await edge?.stop()
})

test('an AWS account is connected, and a model runs in it from the wizard to its end', async ({
  browser,
  request,
}) => {
  test.setTimeout(300_000)
  const journey = await CloudJourney.begin({ browser, request }, place.portal, 'bedrock')
  const { page } = journey

  await test.step('the form gives the policy of this account and tries each permission', async () => {
    const form = await journey.newConnection()
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
    await journey.hardwareOf(/Our AWS account/)
    await page.getByRole('radio', { name: 'GPU', exact: true }).click()
    await page.getByRole('radio', { name: /ml\.g5\.xlarge/ }).click()
    await expect(page.getByText('$1.41').first()).toBeVisible()
    await expect(page.getByText(/The next request wakes it: an instance is started first/)).toBeVisible()
    await page.getByLabel('Maximum replicas').fill('3')
    await expect(page.getByText(/quota is 2 × ml\.g5\.xlarge/).first()).toBeVisible()
    await page.getByLabel('Maximum replicas').fill('2')
    await expect(page.getByLabel('Requests per replica and minute')).toHaveValue('60')
    await journey.continue()
    await expect(page.getByRole('radio', { name: /^Protected/ })).toBeChecked()
    await page.getByText('Advanced', { exact: true }).click()
    await journey.chooseServer('vLLM')
    await expect(page.getByText(/^vLLM is for text generation, not for/).first()).toBeVisible()
    await journey.chooseServer('Inference toolkit')
    await journey.continue()
    await journey.create()
    await expect
      .poll(() => imagesIn(edge))
      .toEqual([expect.stringContaining('/huggingface-pytorch-inference:')])
    await expect.poll(() => scaledIn(edge)).toMatchObject([{ variant: 'r1', between: [1, 2], aims: [60] }])
  })

  await test.step('a call with a token is answered by the model; charts and logs show it', async () => {
    await journey.answers()
    expect((await journey.call('nobody')).status()).toBe(401)
    await journey.tab('Analytics')
    await expect(page.getByRole('cell', { name: '200' }).first()).toBeVisible({ timeout: 60_000 })
    const theirs = page.getByRole('region', { name: 'Measured by Amazon SageMaker' })
    await expect(theirs.getByRole('heading', { name: 'Model latency' })).toBeVisible({ timeout: 60_000 })
    await journey.logHasLines()
  })

  await test.step('a change of settings is a new configuration', async () => {
    await journey.update()
  })

  await test.step('a pause removes it at SageMaker, and resuming creates it again', async () => {
    await journey.pause(/SageMaker has no pause/)
    await expect.poll(() => edge.hosting.livingInstances).toBe(0)
    await journey.resume()
  })

  await test.step('deleted, nothing of it is left in the account', async () => {
    await journey.delete()
    expect(await namesOf(edge)).toEqual([])
  })

  await test.step('an image of one’s own is a model too', async () => {
    const image = `123456789012.dkr.ecr.${REGION}.amazonaws.com/ours:1`
    await journey.hardwareOf(/Our AWS account/, image)
    await page.getByRole('radio', { name: /ml\.m5\.xlarge/ }).click()
    await journey.continue()
    await journey.continue()
    await journey.create()
    expect(await imagesIn(edge)).toEqual([image])
    await journey.answers()
    await journey.delete()
  })
  await journey.end()
})
