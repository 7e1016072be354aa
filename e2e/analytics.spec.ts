import { PERCENTILES, QUANTILE } from '@/lib/domain/analytics/percentiles'
import { formatMs } from '@/lib/domain/format/measure'
import { routes } from '@/lib/routes'
import { AnalyticsPage } from './analytics-page'
import { expect, test } from './fixtures'
import { PortalApi } from './portal-api'
import { type ServedEndpoint, serveEndpoint } from './served-endpoint'
import { nearestRank, sendPaths } from './traffic'

const BUCKET_MS = 10_000
/** Shown by itself; the bound is for a machine that also runs the browser and the product. */
const SHOWN_WITHIN_MS = 20_000

/** What is sent: how often, and how each is answered. */
const MIXTURE = {
  'wait/20': 40,
  'wait/120': 20,
  'wait/400': 6,
  'status/404': 9,
  'status/429': 4,
  'status/503': 11,
}
const PATHS = Object.entries(MIXTURE).flatMap(([path, times]) => new Array<string>(times).fill(`/${path}`))
const CODES = { '200': 66, '404': 9, '429': 4, '503': 11 }
const CLASSES = { '2xx success': 66, '4xx client error': 13, '5xx server error': 11 }

type JsonFile = { columns: string[]; rows: [string, ...number[]][] }
const sumOf = (values: (string | number | undefined)[]) =>
  values.reduce<number>((sum, value) => sum + Number(value), 0)

const percent = (count: number, of: number) =>
  new RegExp(`^${count} \\(${Number(((count / of) * 100).toPrecision(3))} %\\)$`)

let endpoint: ServedEndpoint
test.beforeEach(async ({ product }) => {
  endpoint = await serveEndpoint(product)
})
test.afterEach(async ({ page }) => {
  // A page that is left open would ask for an endpoint that is gone.
  await page.goto('about:blank')
  await endpoint.end()
})

test('nothing, one request, a gap, and what is sent while somebody looks', async ({
  signedIn,
  product,
  request,
}) => {
  const page = new AnalyticsPage(signedIn)
  const api = new PortalApi(request, product)

  await test.step('an endpoint nobody has called says so', async () => {
    await page.open(product.team, endpoint.name)
    await expect(page.chart('Requests').getByText('No requests in this window.')).toBeVisible()
    await expect(page.figure('Requests', 'Requests')).toHaveText('0')
    await expect(page.figure('Latency', 'p99')).toHaveText('–')
    await expect(page.chart('Single requests').getByText(/No requests in this window yet/)).toBeVisible()
  })

  const send = (...paths: string[]) => sendPaths(endpoint.url, endpoint.token.text, paths)

  await test.step('a single request is its own percentile, and there without a reload', async () => {
    await send('/wait/50')
    await expect(page.figure('Requests', 'Requests')).toHaveText('1', { timeout: SHOWN_WITHIN_MS })
    const [record] = await api.records(endpoint.name)
    const figures = await Promise.all(PERCENTILES.map(name => page.figure('Latency', name).textContent()))
    expect(new Set(figures).size).toBe(1)
    expect(record?.totalMs).toBeGreaterThanOrEqual(49)
    const { summary } = await api.charts(endpoint.name)
    const exact = record?.totalMs ?? Number.NaN
    expect(Math.abs((summary.total.p50 ?? 0) - exact)).toBeLessThanOrEqual(exact * 0.01)
  })

  await test.step('only buckets that may still change are asked for again', async () => {
    await expect.poll(() => page.reads.filter(read => read.has('since')).length).toBeGreaterThan(1)
    const newest = Number(page.reads.findLast(read => read.has('since'))?.get('since'))
    expect(newest % BUCKET_MS).toBe(0)
    expect(Date.now() - newest).toBeLessThan(60_000)
  })

  await test.step('a bucket without requests is a gap of its percentiles and a zero of its counts', async () => {
    const bucket = () => Math.floor(Date.now() / BUCKET_MS)
    const first = bucket()
    await expect.poll(bucket, { timeout: 30_000 }).toBeGreaterThan(first + 1)
    await send('/wait/50')
    await expect(page.figure('Requests', 'Requests')).toHaveText('2', { timeout: SHOWN_WITHIN_MS })
    const latency = await page.table('Latency')
    const held = latency.rows.flatMap((row, index) => (row.values[0] === '–' ? [] : [index]))
    expect(held).toHaveLength(2)
    const [newer = 0, older = 0] = held
    expect(older - newer).toBeGreaterThan(1)
    const requests = await page.table('Requests')
    // By time: a bucket may have begun between one table and the other.
    const start = requests.rows.findIndex(row => row.time === latency.rows[newer]?.time)
    expect(requests.rows.slice(start, start + older - newer + 1).map(row => row.values[0])).toEqual([
      '1',
      ...new Array(older - newer - 1).fill('0'),
      '1',
    ])
  })
})

test('a known mixture is what the page says, however it is looked at', async ({
  signedIn,
  product,
  request,
}) => {
  test.setTimeout(240_000)
  const page = new AnalyticsPage(signedIn)
  const api = new PortalApi(request, product)
  const total = PATHS.length
  await sendPaths(endpoint.url, endpoint.token.text, ['/wait/10'])
  const beforeMs = Math.floor(Date.now() / BUCKET_MS) * BUCKET_MS
  await expect.poll(() => Date.now(), { timeout: 30_000 }).toBeGreaterThan(beforeMs + 2 * BUCKET_MS)
  const startedMs = Date.now()
  await sendPaths(endpoint.url, endpoint.token.text, PATHS)
  const endedMs = Date.now()
  await expect
    .poll(async () => (await api.charts(endpoint.name)).summary.requests, { timeout: 10_000 })
    .toBe(total + 1)
  await page.open(product.team, endpoint.name)

  await test.step('dragging over a chart zooms to those buckets', async () => {
    await expect(page.figure('Requests', 'Requests')).toHaveText(String(total + 1))
    // A window ends now at the latest, so the period before it is as long only once a minute has passed.
    await expect.poll(() => Date.now(), { timeout: 90_000 }).toBeGreaterThan(startedMs + 70_000)
    await signedIn.getByRole('switch', { name: 'Auto-refresh' }).click()
    await page.drag('Requests', startedMs, endedMs + BUCKET_MS)
    await expect(signedIn).toHaveURL(/from=\d+/)
    await expect(page.figure('Requests', 'Requests')).toHaveText(String(total))
    const from = Number(new URL(signedIn.url()).searchParams.get('from'))
    expect(from).toBe(Math.floor(startedMs / BUCKET_MS) * BUCKET_MS)
  })
  const zoom = Object.fromEntries(
    ['from', 'to'].map(key => [key, new URL(signedIn.url()).searchParams.get(key) ?? '']),
  )

  await test.step('counts per class and per code, and the error share', async () => {
    for (const [label, count] of Object.entries(CLASSES))
      await expect(page.figure('Requests', label)).toHaveText(percent(count, total))
    await expect(page.figure('Requests', 'Error share')).toHaveText('12.2 %')
    expect(await page.csvSums('Requests')).toEqual(CLASSES)
    await page.chart('Requests').getByRole('radio', { name: 'Code' }).click()
    await expect(page.chart('Requests').getByRole('button', { name: '404' })).toBeVisible()
    expect(await page.csvSums('Requests')).toEqual(CODES)
    const { columns, rows } = JSON.parse(await page.download('Requests', 'JSON')) as JsonFile
    const ofJson = columns.slice(1).map((code, index) => [code, sumOf(rows.map(row => row[index + 1]))])
    expect(Object.fromEntries(ofJson)).toEqual(CODES)
    expect(await page.download('Requests', 'PNG')).toContain('PNG')
  })

  await test.step('percentiles are within 1 % of all that was recorded', async () => {
    const recorded = (await api.records(endpoint.name)).map(record => record.totalMs)
    const { summary } = await api.charts(endpoint.name, zoom)
    const inside = recorded.slice(0, total)
    for (const name of PERCENTILES) {
      const exact = nearestRank(inside, QUANTILE[name])
      const said = summary.total[name] ?? Number.NaN
      expect(Math.abs(said - exact)).toBeLessThanOrEqual(exact * 0.01)
      await expect(page.figure('Latency', name)).toHaveText(formatMs(said))
    }
    // What the replica was told to wait is the least that can have been measured.
    expect(nearestRank(inside, 0.9)).toBeGreaterThanOrEqual(119)
    expect(nearestRank(inside, 0.99)).toBeGreaterThanOrEqual(399)
  })

  await test.step('as percentages every bucket is whole', async () => {
    const requests = page.chart('Requests')
    await requests.getByRole('radio', { name: 'Percentages' }).click()
    const { rows } = await page.table('Requests')
    const wholes = rows
      .map(({ values }) => values.map(Number.parseFloat))
      .filter(([first]) => first !== undefined && !Number.isNaN(first))
    expect(wholes.length).toBeGreaterThan(0)
    for (const shares of wholes)
      expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 100)).toBeLessThan(0.5)
    await requests.getByRole('radio', { name: 'Count' }).click()
  })

  await test.step('the heat map holds every request once', async () => {
    const sums = Object.values(await page.csvSums('Latency heat map'))
    expect(sums.reduce((sum, value) => sum + value, 0)).toBe(total)
    const { rows } = await page.table('Latency heat map')
    const shown = rows.flatMap(row => row.values).reduce((sum, value) => sum + Number(value), 0)
    expect(shown).toBe(total)
  })

  await test.step('the period before stands beside it', async () => {
    await signedIn.getByRole('switch', { name: 'Compare with the period before' }).click()
    await expect(
      page.chart('Requests').getByRole('button', { name: 'All requests, period before' }),
    ).toBeVisible()
    expect(await page.csvSums('Requests')).toEqual({ ...CODES, 'All requests, period before': 1 })
    await expect.poll(() => page.notOnPaper()).toBe(0)
  })

  await test.step('a reload shows the same: everything is in the URL', async () => {
    await signedIn.getByRole('switch', { name: 'UTC' }).click()
    await signedIn.getByRole('switch', { name: 'Log scale' }).click()
    const p50 = page.chart('Latency').getByRole('button', { name: 'p50', exact: true })
    await p50.click()
    await expect(signedIn).toHaveURL(/hide=latency\.p50/)
    await expect(signedIn).toHaveURL(/zone=utc.*log=true|log=true.*zone=utc/)
    await signedIn.reload()
    await expect(page.figure('Requests', 'Requests')).toHaveText(String(total))
    for (const [name, checked] of Object.entries({ UTC: true, 'Log scale': true, 'Auto-refresh': false }))
      await expect(signedIn.getByRole('switch', { name })).toBeChecked({ checked })
    await expect(p50).toHaveAttribute('aria-pressed', 'false')
    await expect(page.chart('Requests').getByRole('radio', { name: 'Code' })).toBeChecked()
    expect((await page.table('Requests')).rows[0]?.time).toMatch(/ UTC$/)
    expect(await page.csvSums('Requests')).toEqual({ ...CODES, 'All requests, period before': 1 })
  })

  await test.step('and back out of it', async () => {
    await signedIn.getByRole('switch', { name: 'Compare with the period before' }).click()
    await signedIn.getByRole('button', { name: /Back to the last 15 minutes/ }).click()
    await expect(page.figure('Requests', 'Requests')).toHaveText(String(total + 1))
  })

  await test.step('a file has every window that is kept, however few points are drawn', async () => {
    await signedIn.getByRole('radio', { name: 'Last 6 hours' }).click()
    await expect(signedIn).toHaveURL(/range=6h/)
    await expect(page.figure('Requests', 'Requests')).toHaveText(String(total + 1))
    const { timesMs, sums } = await page.csv('Requests')
    expect(sumOf(Object.values(sums))).toBe(total + 1)
    const [first = 0, last = 0] = [timesMs[0], timesMs.at(-1)]
    expect(last - first).toBeGreaterThan(5.9 * 3_600_000)
    expect(timesMs).toHaveLength((last - first) / BUCKET_MS + 1)
  })
})

test('filters by replica, revision and token count what that one did', async ({
  signedIn,
  product,
  request,
}) => {
  const page = new AnalyticsPage(signedIn)
  const api = new PortalApi(request, product)
  await sendPaths(endpoint.url, endpoint.token.text, PATHS)
  await sendPaths(endpoint.url, product.admin.token, ['/status/404', '/status/200', '/status/200'])
  const total = PATHS.length + 3
  await expect.poll(async () => (await api.charts(endpoint.name)).summary.requests).toBe(total)
  await page.open(product.team, endpoint.name)
  const count = page.figure('Requests', 'Requests')
  await expect(count).toHaveText(String(total))
  const [first, second] = endpoint.replicas.map(replica => String(replica.received.length))

  await page.choose('Replica', 'r2-1')
  await expect(count).toHaveText(second ?? '')
  await expect(page.chart('In flight').getByText(/Kept for the endpoint as a whole/)).toBeVisible()
  await page.choose('Replica', 'All replicas')
  await page.choose('Revision', 'Revision 1')
  await expect(count).toHaveText(first ?? '')
  await page.choose('Revision', 'All revisions')

  await page.choose('Token', endpoint.name)
  await expect(count).toHaveText(String(PATHS.length))
  await expect(page.figure('Requests', '5xx server error')).toHaveText(percent(11, PATHS.length))
  await expect(page.chart('Wait').getByText(/Per token only counts and total latency are kept/)).toBeVisible()
  await page.choose('Token', 'All tokens')

  await test.step('the table of single requests filters, sorts, and leads to the log lines', async () => {
    const table = page.chart('Single requests')
    await expect(table.getByRole('row')).toHaveCount(50 + 1)
    await table.getByRole('button', { name: 'Show older' }).click()
    await expect(table.getByRole('row')).toHaveCount(total + 1)
    await expect(table.getByRole('button', { name: 'Show older' })).toHaveCount(0)
    await table.getByRole('radio', { name: '5xx' }).click()
    await expect(table.getByRole('row')).toHaveCount(11 + 1)
    await table.getByRole('radio', { name: 'All', exact: true }).click()
    await table.getByRole('radio', { name: 'Slowest' }).click()
    await expect(table.getByRole('row').nth(1)).toContainText('/wait/400')
    await table.getByRole('row').nth(1).getByRole('button').click()
    const sheet = signedIn.getByRole('dialog')
    const id = await sheet.getByRole('code').textContent()
    const logs = await sheet.getByRole('link', { name: 'Log lines of this request' }).getAttribute('href')
    expect(logs).toBe(routes.endpoint(product.team, endpoint.name, 'logs', { of: id ?? '' }))
  })
})
