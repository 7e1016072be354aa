import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, chromium, type Page } from '@playwright/test'
import { routes } from '@/lib/routes'
// @ts-expect-error plain JavaScript on purpose: it runs before any package is installed
import { systemChromium } from '@/lib/testing/run/chromium.mjs'
import { startWorld, type World } from '../writing-replica/world'
import { follow } from './follow'
import { framesOfEmptyPage, framesOfLog, numberAtTop } from './scroll'

const isQuick = process.argv.includes('--quick')
const only = process.argv.find(argument => argument.startsWith('--only='))?.slice('--only='.length)
const SIZES = isQuick
  ? { lines: 100_000, scrollSeconds: 4, rounds: 1, followSeconds: 3 }
  : { lines: 1_000_000, scrollSeconds: 15, rounds: 3, followSeconds: 8 }
const RATES = [1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000]
/** A line that is on the screen later than this is not live any more. */
const LATE_MS = 1_000

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

async function openLog(browser: Browser, world: World): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 900 },
    baseURL: world.product.portalUrl,
  })
  await page.goto(routes.signIn())
  await page.getByLabel('E-mail').fill(world.product.admin.email)
  await page.getByLabel('Password', { exact: true }).fill(world.product.admin.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(url => !url.pathname.startsWith('/sign-in'))
  return page
}

const toLogs = async (page: Page, world: World, params: Record<string, string> = {}) => {
  await page.goto(world.path((team, name) => routes.endpoint(team, name, 'logs', params)))
  await page.getByRole('status', { name: 'Connection' }).getByText('Live').waitFor()
}

/** Frames while a million stored lines scroll, beside an empty page, round by round. */
async function measureScroll(browser: Browser, world: World) {
  const sinceMs = Date.now()
  await world.write(1, SIZES.lines)
  while ((await world.lastSeq()) < SIZES.lines) await sleep(250)
  const page = await openLog(browser, world)
  const empty = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  const shares: number[] = []
  const scrolled: number[] = []
  let frames = 0
  for (let round = 0; round < SIZES.rounds; round += 1) {
    const emptyFrames = await framesOfEmptyPage(empty, SIZES.scrollSeconds)
    await toLogs(page, world, { since: String(sinceMs) })
    const up = await framesOfLog(page, 'up', SIZES.scrollSeconds)
    scrolled.push(SIZES.lines - (await numberAtTop(page)))
    const down = await framesOfLog(page, 'down', SIZES.scrollSeconds)
    frames = (up + down) / 2
    shares.push(frames / emptyFrames)
  }
  await page.close()
  await empty.close()
  return { scrollFramesOverEmpty: median(shares), scrollFrames: frames, scrolledLines: median(scrolled) }
}

/** At which rate the page falls behind: a line is missing, marked as dropped, or a second late. */
async function measureFollow(browser: Browser, world: World) {
  const page = await openLog(browser, world)
  const followP99Ms: Record<string, number> = {}
  let keepsUp = 0
  let firstDrop: number | null = null
  for (const rate of RATES) {
    await toLogs(page, world)
    const { p50Ms, p99Ms, lastLineMs, markers } = await follow(page, world, rate, SIZES.followSeconds)
    followP99Ms[String(rate)] = Math.round(p99Ms)
    console.log({ rate, p50Ms, p99Ms, lastLineMs, markers })
    if (markers > 0 || lastLineMs === Number.POSITIVE_INFINITY) firstDrop ??= rate
    if (firstDrop === null && p99Ms <= LATE_MS && lastLineMs <= LATE_MS) keepsUp = rate
    else break
  }
  return { followsLinesPerSecond: keepsUp, firstDropLinesPerSecond: firstDrop, followP99Ms }
}

// The limit is there for the controller's sake; here it would only hide how much the page takes.
const world = await startWorld({ SLIPWAY_LOG_LINES_PER_SECOND: '1000000000' })
const executablePath: string | undefined = process.env.SLIPWAY_CHROMIUM || systemChromium() || undefined
const browser = await chromium.launch(executablePath ? { executablePath } : {})
try {
  const result = {
    cpus: cpus().length,
    node: process.version,
    chromium: browser.version(),
    isQuick,
    storedLines: SIZES.lines,
    ...(only === 'follow' ? {} : await measureScroll(browser, world)),
    ...(only === 'scroll' ? {} : await measureFollow(browser, world)),
  }
  console.log(result)
  mkdirSync('bench-results', { recursive: true })
  writeFileSync('bench-results/viewer.json', `${JSON.stringify(result, null, 2)}\n`)
} finally {
  await browser.close()
  await world.product.stop()
  await world.product.remove()
}
