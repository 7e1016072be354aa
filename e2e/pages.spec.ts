import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import next from 'next/package.json' with { type: 'json' }
import { routes } from '@/lib/routes'
import { expect, signIn, test } from './fixtures'
import { EMPTY_PAGE, MOST_TIMES_EMPTY, pageScripts } from './page-scripts'
import type { Product } from './product'

const NAME = 'sample-sentiment'

/** Every page there is, and something that is there once its data is. */
const PAGES: { name: string; path: (product: Product) => string; ready: (page: Page) => Promise<void> }[] = [
  {
    name: 'endpoints',
    path: ({ team }) => routes.team.endpoints(team),
    ready: page => seen(page.getByRole('link', { name: NAME })),
  },
  {
    name: 'wizard',
    path: ({ team }) => routes.team.newEndpoint(team),
    ready: page => seen(page.getByRole('radio', { name: /Sentiment/ })),
  },
  {
    name: 'overview',
    path: ({ team }) => routes.endpoint(team, NAME),
    ready: page => seen(page.getByRole('region', { name: 'curl snippet' })),
  },
  {
    name: 'playground',
    path: ({ team }) => routes.endpoint(team, NAME, 'playground'),
    ready: page => seen(page.getByRole('button', { name: 'Call endpoint' })),
  },
  {
    name: 'analytics',
    path: ({ team }) => routes.endpoint(team, NAME, 'analytics'),
    ready: page => seen(page.getByRole('heading', { name: 'Latency', exact: true })),
  },
  {
    name: 'logs',
    path: ({ team }) => routes.endpoint(team, NAME, 'logs'),
    ready: page => seen(page.getByText(/Live|Ended/).first()),
  },
  {
    name: 'logs: filtered, paused at a chosen line',
    path: ({ team }) => routes.endpoint(team, NAME, 'logs', FILTERED),
    ready: async page => {
      await chooseLine(page)
      await seen(page.getByRole('list', { name: 'Filters' }))
      await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Paused')
    },
  },
  {
    name: 'logs: a line in its context',
    path: ({ team }) => routes.endpoint(team, NAME, 'logs', FILTERED),
    ready: async page => {
      await chooseLine(page)
      await page.getByRole('button', { name: 'View in context' }).click()
      await expect(page.getByRole('list', { name: 'Filters' })).toHaveCount(0)
      await seen(page.getByRole('region', { name: 'Chosen line' }))
    },
  },
  {
    name: 'logs: nothing matches',
    path: ({ team }) => routes.endpoint(team, NAME, 'logs', { q: 'no line says this' }),
    ready: page => seen(page.getByText('No kept line matches')),
  },
  {
    name: 'logs: of a request that is not known',
    path: ({ team }) => routes.endpoint(team, NAME, 'logs', { of: 'unknown-request' }),
    ready: page => seen(page.getByText('No kept line carries the id')),
  },
  {
    name: 'settings',
    path: ({ team }) => routes.endpoint(team, NAME, 'settings'),
    ready: page => seen(page.getByRole('heading', { name: 'Revisions' })),
  },
  {
    name: 'team analytics',
    path: ({ team }) => routes.team.analytics(team),
    ready: page => seen(page.getByRole('link', { name: NAME }).first()),
  },
  {
    name: 'tokens',
    path: ({ team }) => routes.team.tokens(team),
    ready: page => seen(page.getByRole('button', { name: 'New token' }).first()),
  },
  {
    name: 'connections',
    path: ({ team }) => routes.team.connections(team),
    ready: page => seen(page.getByRole('heading', { name: 'No connections yet' })),
  },
  {
    name: 'profile',
    path: () => routes.profile(),
    ready: page => seen(page.getByRole('button', { name: 'Sign out everywhere' })),
  },
]

/** Lets every line of a model server through, and shows every kind of chip. */
const FILTERED = { not: 'no line says this', except: 'level:critical' }

const chooseLine = async (page: Page) => {
  await page.getByRole('log', { name: 'Log lines' }).getByText('INFO').last().click()
  await seen(page.getByRole('region', { name: 'Chosen line' }))
}

const seen = (locator: ReturnType<Page['getByRole']>) => expect(locator).toBeVisible()

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  // Soft: one run names what is wrong on every page.
  expect
    .soft(violations.map(({ id, nodes }) => ({ id, where: nodes.map(node => node.html.slice(0, 160)) })))
    .toEqual([])
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 390]) {
    test(`every page is accessible and fits, ${colorScheme} at ${width} pixels`, async ({
      page,
      product,
    }) => {
      test.setTimeout(240_000)
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 900 })
      await page.goto(routes.signIn())
      await expectAccessible(page)
      await signIn(page, product.admin)
      for (const { name, path, ready } of PAGES) {
        await test.step(name, async () => {
          await page.goto(path(product))
          await ready(page)
          await expectAccessible(page)
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
          expect(overflow, 'pixels wider than the window').toBeLessThanOrEqual(0)
        })
      }
    })
  }
}

test.describe('missing pages', () => {
  test.use({ expectedErrors: [/404/] })

  test('what does not exist says so and leads back', async ({ signedIn: page, product }) => {
    await page.goto(routes.endpoint(product.team, 'no-such-endpoint'))
    await expect(
      page
        .getByRole('heading', { level: 1 })
        .or(page.getByRole('heading', { level: 2 }))
        .first(),
    ).toContainText(/not found|no such|does not exist/i)
  })

  test('another team is not told from a missing one', async ({ signedIn: page }) => {
    const response = await page.goto(routes.team.endpoints('someone-else'))
    expect(response?.status()).toBe(404)
  })
})

test('no page asks for more JavaScript than two empty ones', async ({ signedIn: page, product }) => {
  expect(next.version, 'measure an empty page of this version: npm run bench:pages').toBe(EMPTY_PAGE.next)
  for (const { name, path } of PAGES) {
    const { decodedBytes } = await pageScripts(page, path(product))
    expect.soft(decodedBytes, name).toBeLessThanOrEqual(MOST_TIMES_EMPTY * EMPTY_PAGE.decodedBytes)
    // A page whose scripts are not found would pass any limit.
    expect.soft(decodedBytes, `${name} has scripts`).toBeGreaterThan(EMPTY_PAGE.decodedBytes)
  }
})
