import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { PERCENTILES, QUANTILE } from '@/lib/domain/analytics/percentiles'
import { formatValue } from '@/lib/domain/format/measure'
import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { PortalApi } from './portal-api'
import { inPython, inShell, processesNaming } from './shell'
import { failuresUntil, nearestRank, type Sent, sendLoad } from './traffic'

const NAME = 'journey'
const CLIENTS = 3
/** All of a window up to 200 requests are kept as records: few enough to compare every one. */
const REQUESTS = 50
/** Enough work per request that 5 % of its time is more than what this machine needs to wake a client up. */
const SENTENCES = 200
/** Every tenth body is. */
const BROKEN = (CLIENTS * REQUESTS) / 10

const tab = (page: Page, label: string) =>
  page.getByRole('navigation', { name: 'Endpoint' }).getByRole('link', { name: label })
const state = (page: Page) =>
  page
    .getByRole('main')
    .getByText(/^(Pending|Initializing|Updating|Running|Paused|Pausing|Resuming|Failed|Update failed)$/)
    .first()

test('a model from the wizard to its end', async ({ signedIn: page, product, request }) => {
  test.setTimeout(300_000)
  const api = new PortalApi(request, product)
  let token = ''

  await test.step('the wizard deploys the sample', async () => {
    await page.getByRole('link', { name: 'New endpoint' }).first().click()
    await page.getByRole('radio', { name: /Sentiment/ }).click()
    await page.getByLabel('Endpoint name').fill(NAME)
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(
      page.getByRole('radiogroup', { name: 'Instance type' }).getByRole('radio', { checked: true }),
    ).toHaveCount(1)
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByRole('radio', { name: /^Protected/ })).toBeChecked()
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByText('Ready to create.')).toBeVisible()
    await page.getByRole('button', { name: 'Create endpoint' }).click()
    await expect(page.getByRole('heading', { name: NAME, level: 1 })).toBeVisible()
    await expect(state(page)).toHaveText('Running', { timeout: 60_000 })
  })

  await test.step('the playground answers', async () => {
    await tab(page, 'Playground').click()
    await page.getByLabel('Text', { exact: true }).fill('What a wonderful day!')
    await page.getByRole('button', { name: 'Call endpoint' }).click()
    const answer = page.getByRole('region', { name: 'Answer' })
    await expect(answer.getByText('200')).toBeVisible()
    await expect(answer.getByText('positive').first()).toBeVisible()
  })

  await test.step('the printed lines run in a real shell', async () => {
    await tab(page, 'Overview').click()
    await page.getByRole('button', { name: 'Create a token for this' }).click()
    await expect(page.getByText('Token filled in')).toBeVisible()
    const curl = (await page.getByRole('region', { name: 'curl snippet' }).textContent()) ?? ''
    token = /slip_\w+/.exec(curl)?.[0] ?? ''
    expect(JSON.parse(await inShell(curl))).toEqual([expect.objectContaining({ label: 'positive' })])
    await page.getByRole('tab', { name: 'Python' }).click()
    const python = (await page.getByRole('region', { name: 'Python snippet' }).textContent()) ?? ''
    expect(await inPython(python)).toContain('positive')
  })

  const url = `${product.gatewayUrl}/${product.team}/${NAME}`
  let sent: Sent[] = []

  await test.step('the log page streams the lines of requests while they come', async () => {
    await tab(page, 'Logs').click()
    await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
    sent = await sendLoad({
      url,
      token,
      clients: CLIENTS,
      requests: REQUESTS,
      name: 'load',
      sentences: SENTENCES,
    })
    await expect(page.getByText('load-0-49').first()).toBeVisible()
  })

  await test.step('the analytics page says what was sent, exactly, and how long it took', async () => {
    // The playground's, curl's and Python's requests, and the loop's.
    const total = 3 + sent.length
    await expect.poll(async () => (await api.charts(NAME)).summary.requests, { timeout: 15_000 }).toBe(total)
    await page.goto(routes.endpoint(product.team, NAME, 'analytics', { range: '15m' }))
    const requests = page.getByRole('region', { name: 'Requests', exact: true }).first()
    await expect(requests.getByText(formatValue('count', total), { exact: true })).toBeVisible()
    await expect(requests.getByText(new RegExp(`^${BROKEN} \\(`))).toBeVisible()

    const records = await api.records(NAME)
    expect(records).toHaveLength(total)
    const recorded = records.map(record => record.totalMs)
    // Nobody timed the first three: the record's word is taken for them.
    const timed = sent.map(each => each.totalMs)
    const untimed = records.filter(record => !record.requestId.startsWith('load-'))
    const clientMs = [...timed, ...untimed.map(record => record.totalMs)]
    const { summary } = await api.charts(NAME)
    for (const name of PERCENTILES) {
      const shown = summary.total[name] ?? Number.NaN
      const [exact, client] = [nearestRank(recorded, QUANTILE[name]), nearestRank(clientMs, QUANTILE[name])]
      expect(Math.abs(shown - exact), `${name} of the records`).toBeLessThanOrEqual(exact * 0.01)
      expect(Math.abs(shown - client), `${name} of the clients`).toBeLessThanOrEqual(
        Math.max(client * 0.05, 2),
      )
    }
    expect(sent.filter(each => each.status === 400)).toHaveLength(BROKEN)
  })

  await test.step('a request leads to its log lines', async () => {
    await page
      .getByRole('button', { name: /all of request load-/ })
      .first()
      .click()
    await page
      .getByRole('dialog')
      .getByRole('link', { name: /log lines/i })
      .click()
    await expect(page.getByText(/load-\d+-\d+/).first()).toBeVisible()
  })

  await test.step('a new revision rolls without a failed request', async () => {
    await tab(page, 'Settings').click()
    await page.getByRole('button', { name: 'Add variable' }).click()
    await page.getByLabel('Environment variables: name 1').fill('GREETING')
    await page.getByLabel('Environment variables: value 1').fill('hello')
    let isRolled = false
    const failures = failuresUntil(() => isRolled, url, token)
    await page.getByRole('button', { name: 'Save as a new revision' }).click()
    await expect
      .poll(
        async () => {
          const { servingRevision, state: current, replicas } = await api.endpoint(NAME)
          const old = replicas.filter(replica => replica.revision === 1 && replica.stoppedAt === null)
          return servingRevision === 2 && current === 'running' && old.length === 0
        },
        { timeout: 90_000 },
      )
      .toBe(true)
    isRolled = true
    expect(await failures).toEqual([])
    await expect(page.getByText('GREETING').first()).toBeVisible()
  })

  await test.step('pause and resume', async () => {
    await page.getByRole('button', { name: 'Pause' }).first().click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Pause' }).click()
    await expect(state(page)).toHaveText('Paused', { timeout: 60_000 })
    const refused = await request.post(url, {
      headers: { authorization: `Bearer ${token}` },
      data: { inputs: 'x' },
    })
    expect(refused.status()).toBe(400)
    expect(await refused.json()).toEqual({ error: expect.stringContaining('paused') })
    await page.getByRole('button', { name: 'Resume' }).first().click()
    await expect(state(page)).toHaveText('Running', { timeout: 60_000 })
  })

  await test.step('delete leaves no process and no file', async () => {
    const { replicas } = await api.endpoint(NAME)
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(`Type ${NAME} to confirm`).fill(NAME)
    await dialog.getByRole('button', { name: 'Delete endpoint' }).click()
    await expect(page).toHaveURL(new RegExp(`${routes.team.endpoints(product.team)}$`))
    await expect(page.getByRole('link', { name: 'sample-sentiment' }).first()).toBeVisible()
    await expect(page.getByRole('link', { name: NAME, exact: true })).toHaveCount(0, { timeout: 60_000 })
    for (const { id } of replicas) {
      await expect.poll(() => processesNaming(id), { timeout: 60_000 }).toBe('')
      await expect
        .poll(() => existsSync(join(product.dataDir, 'replicas', id)), { timeout: 30_000 })
        .toBe(false)
    }
  })

  await test.step('what it did can still be read', async () => {
    await page.getByRole('button', { name: 'Deleted' }).click()
    await page.getByRole('link', { name: NAME, exact: true }).first().click()
    await expect(page.getByText(/Nothing of it runs and its name is free/)).toBeVisible()
    await tab(page, 'Logs').click()
    await expect(page.getByText(/^[1-9][\d,]* lines/).first()).toBeVisible()
    await tab(page, 'Analytics').click()
    await expect(page.getByRole('region', { name: 'Latency', exact: true })).toBeVisible()
  })
})
