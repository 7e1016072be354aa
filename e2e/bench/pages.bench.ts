import { mkdirSync, writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { AnalyticsPage } from '../analytics-page'
import { test } from '../fixtures'
import { pageScripts } from '../page-scripts'
import type { Product } from '../product'
import { type ServedEndpoint, serveEndpoint } from '../served-endpoint'
import { measureEmptyPage } from './empty-page'
import { writeHistory } from './history'
import { watchMainThread } from './main-thread'

const DAYS = 90
const VISITS = 12
const ZOOMS = 8

const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b)
const median = (values: readonly number[]) => sorted(values)[Math.floor(values.length / 2)] ?? Number.NaN
const worst = (values: readonly number[]) => sorted(values).at(-1) ?? Number.NaN
const round = (value: number) => Math.round(value)

/*
 * Nothing here waits with `expect`: where it fails at first it describes the whole page for its report, on the main
 * thread that is measured.
 */

/** Milliseconds from the navigation until somebody can work with the page (`main-thread.ts` says when that is). */
async function visit(page: Page, path: string): Promise<number> {
  await page.goto('about:blank')
  await page.goto(path, { waitUntil: 'commit' })
  return await page.evaluate(() => window.untilInteractive())
}

/** The middle third of the plot; what `analytics.drag` asks answers for, a page that has all its data never reads. */
async function dragOverThird(analytics: AnalyticsPage): Promise<void> {
  const { page } = analytics
  const box = await analytics.chart('Requests').locator('svg.drawn-by-hand').first().boundingBox()
  if (!box) throw new Error('The chart of requests is not drawn.')
  const y = box.y + box.height / 3
  await page.mouse.move(box.x + box.width / 3, y)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2, y)
  await page.mouse.move(box.x + (box.width * 2) / 3, y)
  await page.mouse.up()
}

/** Zooms into a third of the range and back, each to its end. */
async function zoomInAndOut(analytics: AnalyticsPage): Promise<void> {
  const { page } = analytics
  const figure = await analytics.figure('Requests', 'Requests').elementHandle()
  const settle = async (before: string | null | undefined) => {
    await page.waitForFunction(([element, text]) => element?.textContent !== text, [figure, before] as const)
    await page.evaluate(() => window.untilInteractive())
  }
  const whole = await figure?.textContent()
  await dragOverThird(analytics)
  await settle(whole)
  const part = await figure?.textContent()
  await page.getByRole('button', { name: /Back to the last 90 days/ }).click()
  await settle(part)
}

async function measureScripts(page: Page, { team }: Product, endpoint: ServedEndpoint) {
  const paths = {
    endpoints: routes.team.endpoints(team),
    'team analytics': routes.team.analytics(team),
    tokens: routes.team.tokens(team),
    wizard: routes.team.newEndpoint(team),
    overview: routes.endpoint(team, endpoint.name),
    analytics: routes.endpoint(team, endpoint.name, 'analytics'),
    logs: routes.endpoint(team, endpoint.name, 'logs'),
    settings: routes.endpoint(team, endpoint.name, 'settings'),
    playground: routes.endpoint(team, endpoint.name, 'playground'),
  }
  const empty = measureEmptyPage()
  const rows = await Promise.all(
    Object.entries(paths).map(async ([name, path]) => ({ name, ...(await pageScripts(page, path)) })),
  )
  return {
    empty,
    routes: rows.map(row => ({
      ...row,
      overEmpty: Number((row.decodedBytes / empty.decodedBytes).toFixed(2)),
    })),
  }
}

test('the analytics page with 90 days, and what the dashboard loads', async ({ signedIn: page, product }) => {
  const endpoint = await serveEndpoint(product)
  await writeHistory(endpoint.db, endpoint, DAYS)
  await watchMainThread(page)
  const analytics = new AnalyticsPage(page)
  const path = routes.endpoint(product.team, endpoint.name, 'analytics', { range: '90d', live: 'false' })
  // Not counted: until the server has compiled its queries and the browser has the page's code.
  await visit(page, path)
  const interactive: number[] = []
  for (let count = 0; count < VISITS; count++) interactive.push(await visit(page, path))

  await page.evaluate(() => window.longTasks.splice(0))
  for (let count = 0; count < ZOOMS; count++) await zoomInAndOut(analytics)
  const tasks = await page.evaluate(() => window.longTasks)

  const scripts = await measureScripts(page, product, endpoint)
  const result = {
    interactive90dMs: round(median(interactive)),
    interactive90dWorstMs: round(worst(interactive)),
    longestTaskZoomingMs: round(tasks.length === 0 ? 0 : worst(tasks)),
    dashboardJsOverEmpty: Math.max(...scripts.routes.map(({ overEmpty }) => overEmpty)),
    scripts,
  }
  console.table({
    interactive90dMs: result.interactive90dMs,
    worst: result.interactive90dWorstMs,
    longestTaskZoomingMs: result.longestTaskZoomingMs,
    tasksOver50Ms: tasks.length,
  })
  console.table([{ name: 'empty page', ...scripts.empty, overEmpty: 1 }, ...scripts.routes])
  mkdirSync('bench-results', { recursive: true })
  writeFileSync('bench-results/pages.json', `${JSON.stringify(result, null, 2)}\n`)
  await page.goto('about:blank')
  await endpoint.end()
})
