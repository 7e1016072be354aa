import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { request as call } from 'undici'
import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { PortalApi } from './portal-api'
import type { Product } from './product'
import { killProgram } from './programs'
import { modelServerPid } from './replica-process'
import { failuresUntil } from './traffic'

const NAME = 'sample-sentiment'

async function ask(product: Product): Promise<number> {
  try {
    const response = await call(`${product.gatewayUrl}/${product.team}/${NAME}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${product.admin.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ inputs: 'Are you there?' }),
    })
    await response.body.text()
    return response.statusCode
  } catch {
    return 0
  }
}

const answers = (product: Product) => expect.poll(() => ask(product), { timeout: 60_000 }).toBe(200)

test.describe('killed without warning', () => {
  test.use({ expectedErrors: [/Failed to load resource|ERR_CONNECTION|QueryError/] })

  for (const program of ['portal', 'controller'] as const) {
    test(`${program}: every request is answered meanwhile, and it comes back`, async ({
      signedIn: page,
      product,
      request,
    }) => {
      const api = new PortalApi(request, product)
      await answers(product)
      const before = (await api.endpoint(NAME)).replicas.filter(replica => replica.stoppedAt === null)
      let isBack = false
      const failures = failuresUntil(
        () => isBack,
        `${product.gatewayUrl}/${product.team}/${NAME}`,
        product.admin.token,
      )
      await killProgram(product, program)
      isBack = true
      expect(await failures).toEqual([])
      await expect
        .poll(
          async () => (await fetch(`${product.portalUrl}${routes.api.health()}`).catch(() => null))?.status,
          { timeout: 60_000 },
        )
        .toBe(200)
      await page.goto(routes.endpoint(product.team, NAME))
      await expect(page.getByRole('heading', { name: NAME, level: 1 })).toBeVisible()
      // The same process is adopted: neither doubled nor replaced.
      const after = (await api.endpoint(NAME)).replicas.filter(replica => replica.stoppedAt === null)
      expect(after.map(replica => [replica.id, replica.restarts])).toEqual(
        before.map(replica => [replica.id, replica.restarts]),
      )
    })
  }

  test('gateway: another takes its place, what it counted is kept, and the gap is said', async ({
    signedIn: page,
    product,
    request,
  }) => {
    const api = new PortalApi(request, product)
    await answers(product)
    const counted = (await api.charts(NAME)).summary.requests
    for (let index = 0; index < 20; index++) expect(await ask(product)).toBe(200)
    // What is older than two seconds is on disk.
    await expect
      .poll(async () => (await api.charts(NAME)).summary.requests, { timeout: 15_000 })
      .toBeGreaterThanOrEqual(counted + 20)
    await killProgram(product, 'gateway')
    await answers(product)
    await expect
      .poll(async () => (await api.charts(NAME)).summary.requests, { timeout: 15_000 })
      .toBeGreaterThan(counted + 20)
    await page.goto(routes.endpoint(product.team, NAME, 'analytics', { range: '15m' }))
    await expect(page.getByText(/^A gateway ended without warning: up to two seconds/)).toBeVisible({
      timeout: 30_000,
    })
  })

  test('replica: it is started again and says why it ended', async ({ product, request }) => {
    const api = new PortalApi(request, product)
    await answers(product)
    const running = (await api.endpoint(NAME)).replicas.find(replica => replica.state === 'running')
    if (!running) throw new Error('The sample endpoint has no running replica.')
    process.kill(modelServerPid(product, running.id), 'SIGKILL')
    await expect
      .poll(
        async () =>
          (await api.endpoint(NAME)).replicas.find(replica => replica.id === running.id)?.restarts ?? 0,
        { timeout: 60_000 },
      )
      .toBeGreaterThan(running.restarts)
    await answers(product)
    expect(JSON.stringify(await api.events(NAME))).toContain('SIGKILL')
  })

  test('PostgreSQL: the gateway goes on, and everything comes back', async ({ product, request }) => {
    const api = new PortalApi(request, product)
    await answers(product)
    const postmaster = Number(
      readFileSync(join(product.dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0],
    )
    process.kill(postmaster, 'SIGKILL')
    for (let index = 0; index < 10; index++) expect(await ask(product)).toBe(200)
    await expect
      .poll(
        () =>
          api
            .endpoint(NAME)
            .then(({ state }) => state)
            .catch(() => 'unreachable'),
        { timeout: 90_000 },
      )
      .toBe('running')
    await answers(product)
  })
})
