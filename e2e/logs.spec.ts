import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { idsOf, LogPage } from './log-page'
import { killProgram } from './programs'

/** The `after` of every stream the page opened, in order. */
function streamsOf(page: Page): string[] {
  const starts: string[] = []
  page.on('request', request => {
    const { pathname, searchParams } = new URL(request.url())
    if (pathname.endsWith('/logs/stream')) starts.push(searchParams.get('after') ?? '')
  })
  return starts
}

const wheel = async (logs: LogPage, deltaY: number) => {
  await logs.lines.hover()
  await logs.page.mouse.wheel(0, deltaY)
}

test('follows at the bottom, stands still while somebody reads, and counts what comes', async ({
  signedIn: page,
  product,
}) => {
  const logs = new LogPage(page, product)
  await logs.write('early', 60)
  await logs.open({ q: 'id=early' })
  await expect(logs.status).toHaveText('Live')
  await logs.write('early-more', 5)
  await expect(logs.line('early-more-0-4')).toBeInViewport()

  const atRest = logs.lines.evaluate(
    element =>
      new Promise<void>(resolve => element.addEventListener('scrollend', () => resolve(), { once: true })),
  )
  await wheel(logs, -400)
  await atRest
  await expect(logs.status).toHaveText('Paused')
  const [topmost] = await logs.ids()
  await logs.write('early-held', 7)
  await expect(page.getByText('7 new lines')).toBeVisible()
  expect((await logs.ids())[0]).toBe(topmost)

  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(logs.status).toHaveText('Live')
  await expect(logs.line('early-held-0-6')).toBeInViewport()

  await page.getByRole('button', { name: 'Pause', exact: true }).last().click()
  await expect(logs.status).toHaveText('Paused')
  await logs.write('early-last', 1)
  await expect(page.getByText('1 new line', { exact: true })).toBeVisible()
  await expect(logs.line('early-last-0-0')).toHaveCount(0)
})

test('a hidden tab holds no stream, and resumes behind its last line', async ({
  signedIn: page,
  product,
}) => {
  const logs = new LogPage(page, product)
  const streams = streamsOf(page)
  await logs.open({ q: 'id=hidden' })
  await expect(logs.status).toHaveText('Live')
  await logs.write('hidden', 8)
  await logs.expectIds(idsOf('hidden', 0, 7))

  const closed = page.waitForEvent('requestfailed', request => request.url().includes('/logs/stream'))
  await logs.setHidden(true)
  await closed
  const before = streams.length
  await logs.write('hidden-away', 8)
  const whileHidden = streams.length - before
  await logs.setHidden(false)
  await logs.expectIds([...idsOf('hidden', 0, 7), ...idsOf('hidden-away', 0, 7)])
  await logs.write('hidden-back', 4)
  await logs.expectIds([
    ...idsOf('hidden', 0, 7),
    ...idsOf('hidden-away', 0, 7),
    ...idsOf('hidden-back', 0, 3),
  ])
  // None while it was hidden. A busy portal may refuse one, which is then asked for again from the same place.
  expect(whileHidden).toBe(0)
  expect(Number(streams.at(-1))).toBeGreaterThan(Number(streams[0]))
})

test.describe('the portal is killed', () => {
  test.use({ expectedErrors: [/Failed to load resource|ERR_|QueryError|network error/i] })

  test('the page says that it reconnects, and goes on exactly where it was', async ({
    signedIn: page,
    product,
  }) => {
    const logs = new LogPage(page, product)
    await logs.open({ q: 'id=killed' })
    await expect(logs.status).toHaveText('Live')
    await logs.write('killed', 5)
    await logs.expectIds(idsOf('killed', 0, 4))
    const back = killProgram(product, 'portal')
    await expect(logs.status).toContainText('Reconnecting')
    await logs.write('killed-away', 5)
    await back
    await expect(logs.status).toHaveText('Live', { timeout: 90_000 })
    await logs.write('killed-back', 5)
    await logs.expectIds([
      ...idsOf('killed', 0, 4),
      ...idsOf('killed-away', 0, 4),
      ...idsOf('killed-back', 0, 4),
    ])
  })
})

test('searches by text and expression, and filters by what is clicked', async ({
  signedIn: page,
  product,
}) => {
  const logs = new LogPage(page, product)
  await logs.write('find', 20)
  await logs.open()
  const search = page.getByRole('searchbox', { name: 'Search log lines' })
  await search.fill('ID=FIND-0-1')
  await logs.expectIds([...idsOf('find', 1, 1), ...idsOf('find', 10, 19)])
  await expect(logs.lines.locator('mark')).toHaveCount(11)
  await page.getByRole('button', { name: 'Match case' }).click()
  await expect(page.getByText('No kept line matches')).toBeVisible()
  await page.getByRole('button', { name: 'Match case' }).click()
  await page.getByRole('button', { name: 'Regular expression' }).click()
  await search.fill('id=find-0-(3|1[24])\\b')
  await logs.expectIds(['find-0-3', 'find-0-12', 'find-0-14'])
  await search.fill('id=find-0-(')
  await expect(page.getByText(/Unterminated group/)).toBeVisible()
  await search.fill('id=find-')
  await expect(page).toHaveURL(/q=id/)

  const filters = page.getByRole('list', { name: 'Filters' })
  await test.step('a level, in its row', async () => {
    await logs.lines.getByText('WRN').first().click()
    await expect(page.getByRole('menu', { name: 'Level Warning' })).toBeVisible()
    const { violations } = await new AxeBuilder({ page }).include('[role=menu]').analyze()
    expect(violations).toEqual([])
    await page.getByRole('menuitem', { name: 'Exclude this' }).click()
    await logs.expectIds(idsOf('find', 0, 19).filter(id => !id.endsWith('9')))
    await filters.getByRole('button', { name: 'Remove filter: not Level Warning' }).click()
    await expect(filters).toHaveCount(0)
    await logs.lines.getByText('WRN').first().click()
    await page.getByRole('menuitem', { name: 'Only this' }).click()
    await logs.expectIds(['find-0-9', 'find-0-19'])
  })
  await test.step('a word, by keyboard', async () => {
    await logs.line('find-0-19').click()
    const text = logs.detail.getByRole('group')
    await text.focus()
    for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight')
    await expect(text.getByRole('button', { name: 'find-0-19' })).toBeFocused()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Exclude this' }).press('Enter')
    await logs.expectIds(['find-0-9'])
    await expect(filters.getByRole('listitem')).toHaveText(['Level Warning', 'Not“find-0-19”', 'Clear all'])
  })
  await test.step('a replica, from the line’s facts; then all of it is taken back', async () => {
    await logs.line('find-0-9').click()
    await logs.detail.getByRole('button', { name: /^Replica/ }).click()
    await page.getByRole('menuitem', { name: 'Exclude this' }).click()
    await expect(page.getByText('No kept line matches')).toBeVisible()
    await filters.getByRole('button', { name: 'Clear all' }).click()
    await expect(logs.line('find-0-19')).toBeVisible()
  })
})

test('an expression without end stops neither the search nor the page', async ({
  signedIn: page,
  product,
}) => {
  const logs = new LogPage(page, product)
  const id = `endless-${'x'.repeat(40)}`
  await logs.write(id, 1)
  // Found at its first match; looking for the next one would take years.
  await logs.open({ q: 'id=endless|(x+)+y', regex: 'true' })
  await expect(logs.line(`${id}-0-0`)).toBeVisible()
  await expect(page.getByText('Matches are not marked')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search log lines' }).fill('id=(endless)')
  await expect(logs.lines.locator('mark').first()).toHaveText('id=endless')
  await expect(page.getByText('Matches are not marked')).toHaveCount(0)
})

test('a line in its context, and a link to it', async ({ signedIn: page, product, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const logs = new LogPage(page, product)
  // Repeats of a test share one log.
  const name = `around${test.info().repeatEachIndex}`
  await logs.write(name, 40)
  await logs.open({ q: `${name}-0-5 ` })
  await logs.line(`${name}-0-5`).click()
  // As on a slow machine: what stands before the line comes after what stands behind it.
  let letOlderCome = () => {}
  const held = new Promise<void>(resolve => {
    letOlderCome = resolve
  })
  const isOlder = (url: URL) =>
    url.pathname.endsWith('/logs/search') && url.searchParams.get('order') === 'desc'
  await page.route(isOlder, async route => {
    await held
    await route.continue()
  })
  await logs.detail.getByRole('button', { name: 'View in context' }).click()
  await expect(logs.line(`${name}-0-6`)).toBeInViewport()
  await expect(logs.line(`${name}-0-4`)).toHaveCount(0)
  letOlderCome()
  await expect(logs.line(`${name}-0-4`)).toBeInViewport()
  await expect(logs.line(`${name}-0-5`)).toBeInViewport()
  await expect(logs.line(`${name}-0-6`)).toBeInViewport()

  await logs.detail.getByRole('button', { name: 'Copy link' }).click()
  await expect(logs.detail.getByRole('button', { name: 'Copied' })).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  await logs.write('later', 60)
  await page.goto(link)
  await expect(logs.detail).toContainText(`id=${name}-0-5 `)
  await expect(logs.line(`${name}-0-5`)).toBeInViewport()
})

test('downloads what is shown or all of it, plain and compressed', async ({ signedIn: page, product }) => {
  const logs = new LogPage(page, product)
  await logs.write('file', 12)
  await logs.write('other', 3)
  await logs.open({ q: 'id=file' })
  await logs.expectIds(idsOf('file', 0, 11))
  const save = async (name: string, nth: number) => {
    await page.getByRole('button', { name: 'Download' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name, exact: true }).nth(nth).click()
    const file = await download
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
  }
  const idsIn = (text: string) => [...text.matchAll(/request id=(\S+)/g)].map(match => match[1])
  const plain = await save('Text', 0)
  expect(plain.name).toMatch(/\.(log|txt)$/)
  expect(idsIn(plain.bytes.toString())).toEqual(idsOf('file', 0, 11))
  const all = await save('Text, compressed (.gz)', 1)
  expect(all.name).toMatch(/\.gz$/)
  const kept = idsIn(gunzipSync(all.bytes).toString())
  expect(kept.filter(id => id?.startsWith('file-'))).toEqual(idsOf('file', 0, 11))
  expect(kept.filter(id => id?.startsWith('other-'))).toEqual(idsOf('other', 0, 2))
})

test('on a phone the filters stand behind one button', async ({ signedIn: page, product }) => {
  const logs = new LogPage(page, product)
  await page.setViewportSize({ width: 390, height: 844 })
  await logs.write('phone', 12)
  await logs.open({ q: 'id=phone' })
  await logs.expectIds(idsOf('phone', 0, 11))
  await page.getByRole('button', { name: 'Filters and view' }).click()
  const sheet = page.getByRole('dialog', { name: 'Filters and view' })
  await sheet.getByRole('button', { name: 'Level' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Warning' }).click()
  await page.keyboard.press('Escape')
  await logs.expectIds(['phone-0-9'])
  await expect(sheet).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze()
  expect(violations).toEqual([])
})
