import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { LogPage, NAME } from './log-page'

test('from a request to its lines, and from a line to its request', async ({ signedIn: page, product }) => {
  const logs = new LogPage(page, product)
  await logs.write('slow', 3)
  await logs.open({ q: 'id=slow-0-1' })
  await logs.line('slow-0-1').click()
  await logs.detail.getByRole('link', { name: 'Request’s record' }).click()
  const sheet = page.getByRole('dialog')
  await expect(sheet).toContainText('slow-0-1')
  await expect(sheet).toContainText('Total')
  await sheet.getByRole('link', { name: /log lines/i }).click()
  await expect(page.getByRole('region', { name: 'Request' })).toContainText(
    'Lines that carry the id slow-0-1',
  )
  await logs.expectIds(['slow-0-1'])
  await page.getByRole('button', { name: 'Show all lines' }).click()
  await expect(logs.line('slow-0-2')).toBeVisible()
})

test('a request that wrote no line of its own leads to those its replica wrote meanwhile', async ({
  signedIn: page,
  product,
  request,
}) => {
  const logs = new LogPage(page, product)
  // The model server does not log who asks for its health.
  const health = await request.get(`${product.gatewayUrl}/${product.team}/${NAME}/health`, {
    headers: { authorization: `Bearer ${product.admin.token}`, 'x-request-id': 'unlogged-request' },
  })
  expect(health.status()).toBe(200)
  await logs.write('meanwhile', 1)
  // Records are written once a second.
  await expect(async () => {
    await logs.open({ of: 'unlogged-request' })
    await expect(page.getByRole('region', { name: 'Request' })).toContainText(
      'No line carries the id unlogged-request. These are the lines of replica',
      { timeout: 1_000 },
    )
  }).toPass({ timeout: 20_000 })
  await expect(logs.line('meanwhile-0-0')).toBeVisible()
  await page.getByRole('region', { name: 'Request' }).getByRole('link', { name: 'Request’s record' }).click()
  await expect(page.getByRole('dialog')).toContainText('GET /health')
})

test('a time of a chart leads to the logs of that time', async ({ signedIn: page, product }) => {
  const logs = new LogPage(page, product)
  await logs.write('charted', 3)
  await page.goto(routes.endpoint(product.team, NAME, 'analytics', { range: '15m' }))
  const plot = page.getByRole('region', { name: 'Requests', exact: true }).first().locator('.plot')
  await plot.click({ position: { x: 300, y: 60 } })
  await page.getByRole('menuitem', { name: 'Logs at this time' }).click()
  await expect(page).toHaveURL(/at=\d+/)
  await expect(logs.lines).toBeVisible()
})

test('a bar of lines over time leads there, and several drawn over are the range', async ({
  signedIn: page,
  product,
}) => {
  const logs = new LogPage(page, product)
  await logs.write('bars', 3)
  const since = Date.now() - 30 * 60_000
  await logs.open({ since: String(since) })
  await expect(logs.status).toHaveText('Live')
  const bars = page.getByRole('group', { name: 'Lines over time' })
  await test.step('by click', async () => {
    const bar = bars.getByRole('button', { name: /: [1-9][\d,]* lines?/ }).last()
    await bar.click()
    await expect(page).toHaveURL(/[?&]at=\d+/)
    await expect(logs.status).toHaveText(/Paused|Not at the end/)
    await expect(logs.lines.getByText('request id=').first()).toBeVisible()
  })
  await test.step('by keyboard', async () => {
    await bars.focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowLeft')
    const at = await bars.locator(':focus').getAttribute('data-at')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(new RegExp(`[?&]at=${at}`))
  })
  await test.step('drawn over', async () => {
    const box = await bars.boundingBox()
    if (!box) throw new Error('The bars are not drawn.')
    await page.mouse.move(box.x + box.width * 0.1, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2, { steps: 4 })
    await page.mouse.up()
    await expect(page).toHaveURL(/[?&]until=\d+/)
    const { searchParams } = new URL(page.url())
    expect(Number(searchParams.get('since'))).toBeGreaterThan(since)
    expect(Number(searchParams.get('until'))).toBeLessThan(Date.now())
    await expect(logs.status).toContainText('Ended')
  })
})
