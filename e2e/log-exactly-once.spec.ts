import { setTimeout as sleep } from 'node:timers/promises'
import { endpointDetail } from '@/lib/domain/endpoint/view'
import type { LogLine } from '@/lib/domain/logs/line'
import { routes } from '@/lib/routes'
import { expect, signIn, test } from './fixtures'
import { LogPage } from './log-page'
import { killProgram } from './programs'
import { modelServerPid } from './replica-process'
import { Follower } from './writing-replica/follower'
import { numberOf } from './writing-replica/read-stream'
import { startWorld, type World } from './writing-replica/world'

const RATE = 3_000
const FIRST = { from: 1, count: 100_000 }
/** Of the attempt after the replica was killed: far from where the first one may have got. */
const SECOND = { from: 10_000_001, count: 15_000 }
/** More than a tab holds, below the rate from which on lines are dropped. */
const THIRD = { from: 20_000_001, count: 55_000, perSecond: 15_000 }
const READERS = 4

let world: World
test.beforeAll(async () => {
  test.setTimeout(240_000)
  world = await startWorld()
})
test.afterAll(async () => {
  await world.product.stop()
  await world.product.remove()
})

const replicaNow = async () => {
  const { body } = await world.get(world.path(routes.api.endpoint))
  const { replicas } = endpointDetail.parse(await body.json())
  return replicas.find(replica => replica.state === 'running')
}

/** The replica writes until it is killed; how it ends is not the writer's to say. */
const writeUntilKilled = () => world.write(FIRST.from, FIRST.count, RATE).catch(() => {})

test('portal, controller and replica are killed: every reader has every number once, or a marker says what is missing', async () => {
  test.setTimeout(240_000)
  const leaving = AbortSignal.timeout(200_000)
  const last = SECOND.from + SECOND.count - 1
  const followers = Array.from({ length: READERS }, () => new Follower(world))
  const following = Promise.all(
    followers.map(follower => follower.follow(line => numberOf(line.text) === last, leaving)),
  )
  const writing = writeUntilKilled()
  await sleep(2_500)
  await killProgram(world.product, 'portal')
  await sleep(2_500)
  await killProgram(world.product, 'controller')
  await sleep(2_500)
  const before = await expectRunning()
  process.kill(modelServerPid(world.product, before.id), 'SIGKILL')
  await writing
  await expect
    .poll(async () => (await replicaNow())?.restarts ?? 0, { timeout: 90_000 })
    .toBeGreaterThan(before.restarts)
  const again = world.write(SECOND.from, SECOND.count, RATE)
  await sleep(1_500)
  await Promise.all([killProgram(world.product, 'controller'), killProgram(world.product, 'portal')])
  await again
  await following
  for (const { lines } of followers) expectEachNumberOnce(lines)
  // Every reader was given the very same log.
  const [first, ...others] = followers.map(({ lines }) => lines.map(({ seq, text }) => `${seq} ${text}`))
  for (const other of others) expect(other).toEqual(first)
})

const HOSTILE = [
  '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script> markup',
  '\u001b]8;;javascript:document.title="owned"\u0007press here\u001b]8;;\u0007 linked',
  '\u001b]0;owned\u0007\u001b[2J\u001b[31mred\u001b[0m coloured',
  'safe \u202egnp.exe turned \u0000\b\u0007 controlled',
  '{"level":"error","msg":"unfolded","nested":{"deep":1}}',
]

test('what a container writes does nothing in a browser; a JSON line unfolds, lines and links are copied', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const context = await browser.newContext({
    baseURL: world.product.portalUrl,
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const page = await context.newPage()
  await signIn(page, world.product.admin)
  await expectRunning()
  await world.say(HOSTILE)
  const logs = new LogPage(page, world.product)
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await logs.open()

  await test.step('text stays text', async () => {
    await expect(logs.lines.getByText('markup')).toContainText('<img src=x onerror=')
    await expect(logs.lines.getByText('controlled')).toBeVisible()
    await logs.lines.getByText('linked').click()
    await expect(logs.detail).toContainText('press here linked')
    for (const place of [logs.lines, logs.detail])
      await expect(place.locator('a[href^="javascript"], img, script, iframe')).toHaveCount(0)
    await expect(page).not.toHaveTitle(/owned/)
  })
  await test.step('a JSON line, unfolded and copied', async () => {
    await logs.lines.getByText('unfolded').click()
    await expect(logs.detail.getByRole('term').filter({ hasText: 'nested' })).toBeVisible()
    await expect(logs.detail).toContainText('"deep": 1')
    await logs.detail.getByRole('button', { name: 'Copy line' }).click()
    await expect.poll(copied).toBe(HOSTILE.at(-1))
    await logs.detail.getByRole('button', { name: 'Copy link' }).click()
    await expect.poll(copied).toMatch(/^http.*\/logs\?line=\d+/)
    await page.goto(await copied())
    await expect(logs.detail).toContainText('unfolded')
  })
  await test.step('wrapped, with times as they pass', async () => {
    const wrap = page.getByRole('button', { name: 'Wrap long lines' })
    await wrap.click()
    await expect(wrap).toHaveAttribute('aria-pressed', 'true')
    await page.getByRole('radio', { name: 'Ago' }).click()
    await expect(page).toHaveURL(/time=ago/)
    await expect(logs.lines.locator('time').last()).toHaveText(/\d+ ?(s|m|min|h)\b|now/)
  })
  await test.step('of more than a tab can hold the newest are there, and it says so', async () => {
    await logs.open()
    await expect(logs.status).toContainText('Live')
    await world.write(THIRD.from, THIRD.count, THIRD.perSecond)
    await expect(page.getByText('This tab holds 50,000 lines')).toBeVisible()
    await expect(logs.lines.getByText(`n=${THIRD.from + THIRD.count - 1} `)).toBeVisible()
  })
  await context.close()
})

async function expectRunning() {
  await expect.poll(async () => (await replicaNow())?.state, { timeout: 90_000 }).toBe('running')
  const replica = await replicaNow()
  if (!replica) throw new Error('The endpoint has no running replica.')
  return replica
}

function expectEachNumberOnce(lines: readonly LogLine[]): void {
  expect(lines.map(line => line.seq)).toEqual(lines.map((_, index) => (lines[0]?.seq ?? 0) + index))
  const written = lines.filter(line => line.dropped !== undefined || line.text.includes(' n='))
  const start = written.findIndex(line => numberOf(line.text) >= SECOND.from)
  // The first attempt was killed while it wrote: its last line may be torn, and what is before that is whole.
  const reached = countUp(written.slice(0, start - 1), FIRST.from)
  expect(reached).toBeGreaterThan(RATE * 5)
  expect(countUp(written.slice(start), SECOND.from)).toBe(SECOND.from + SECOND.count)
}

/** The number after the last, where each line has the next one and a marker stands for as many as it says. */
function countUp(lines: readonly LogLine[], from: number): number {
  let next = from
  for (const line of lines) {
    if (line.dropped === undefined && numberOf(line.text) !== next)
      throw new Error(`Wanted number ${next}, got line ${line.seq}: ${line.text}`)
    next += line.dropped ?? 1
  }
  return next
}
