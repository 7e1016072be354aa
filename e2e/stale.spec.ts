import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'

test.use({ expectedErrors: [/Failed to load resource|ERR_FAILED/] })

test('while the portal does not answer, the page says that it may be old', async ({
  signedIn: page,
  product,
}) => {
  await page.goto(routes.endpoint(product.team, 'sample-sentiment', 'analytics'))
  await expect(page.getByRole('switch', { name: 'Auto-refresh' })).toBeChecked()
  await expect(page.getByRole('region', { name: 'Latency', exact: true })).toBeVisible()
  const note = page.getByRole('alert').filter({ hasText: 'What is shown may be old' })
  await expect(note).toHaveCount(0)
  await page.route('**/api/teams/**', route => route.abort())
  await expect(note).toHaveText(/^The portal did not answer\. .* What is shown may be old\.$/)
  await page.unroute('**/api/teams/**')
  await expect(note).toHaveCount(0)
})
