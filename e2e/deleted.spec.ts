import { routes } from '@/lib/routes'
import { AnalyticsPage } from './analytics-page'
import { expect, test } from './fixtures'
import { PortalApi } from './portal-api'
import { serveEndpoint } from './served-endpoint'
import { sendPaths } from './traffic'

test('a deleted endpoint keeps its analytics, logs and events', async ({ signedIn, product, request }) => {
  const page = new AnalyticsPage(signedIn)
  const api = new PortalApi(request, product)
  const endpoint = await serveEndpoint(product)
  await sendPaths(endpoint.url, endpoint.token.text, ['/wait/10', '/status/503'])
  await expect.poll(async () => (await api.charts(endpoint.name)).summary.requests).toBe(2)
  await endpoint.markDeleted()
  await signedIn.goto(routes.team.endpoints(product.team))
  await expect(signedIn.getByRole('link', { name: 'sample-sentiment' }).first()).toBeVisible()
  await expect(signedIn.getByRole('link', { name: endpoint.name })).toHaveCount(0)
  await signedIn.getByRole('button', { name: 'Deleted' }).click()
  await signedIn.getByRole('link', { name: endpoint.name }).first().click()
  await expect(signedIn).toHaveURL(new RegExp(endpoint.id))
  await expect(signedIn.getByText(/Nothing of it runs and its name is free/)).toBeVisible()
  await expect(signedIn.getByRole('heading', { name: 'Timeline' })).toBeVisible()
  const tabs = signedIn.getByRole('navigation', { name: 'Endpoint' })
  await expect(tabs.getByRole('link')).toHaveText(['Overview', 'Analytics', 'Logs'])
  await tabs.getByRole('link', { name: 'Analytics' }).click()
  await expect(page.figure('Requests', 'Requests')).toHaveText('2')
  await expect(signedIn.getByRole('switch', { name: 'Auto-refresh' })).toHaveCount(0)
  await signedIn.getByRole('button', { name: 'Its last 24 hours' }).click()
  await expect(signedIn).toHaveURL(/from=\d+&to=\d+/)
  await expect(page.figure('Requests', 'Requests')).toHaveText('2')
  await tabs.getByRole('link', { name: 'Logs' }).click()
  await expect(signedIn.getByText('0 lines, all that is kept')).toBeVisible()
  await expect(signedIn.getByRole('status', { name: 'Connection' })).toContainText('Ended')
  await signedIn.goto(routes.endpoint(product.team, endpoint.id, 'settings'))
  await expect(signedIn.getByText(/can neither be called nor changed/)).toBeVisible()
  await signedIn.goto('about:blank')
  await endpoint.end()
})
