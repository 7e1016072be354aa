import { routes } from '@/lib/routes'
import { AnalyticsPage } from './analytics-page'
import { expect, test } from './fixtures'
import { serveEndpoint } from './served-endpoint'
import { sendPaths } from './traffic'

const SLOWER = 3
/** Quicker than a slow machine draws the charts, slower than nuqs puts changes together. */
const BETWEEN_CLICKS_MS = 300

test('quick clicks on a slow machine: the URL keeps every one of them', async ({
  signedIn: page,
  product,
}) => {
  const endpoint = await serveEndpoint(product)
  await sendPaths(endpoint.url, endpoint.token.text, ['/wait/20', '/wait/30', '/status/503'])
  await page.goto(routes.endpoint(product.team, endpoint.name, 'analytics'))
  // Charts with something in them, which take a slow machine a while to draw.
  await expect(new AnalyticsPage(page).figure('Requests', 'Requests')).not.toHaveText(/^[0–]$/)
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  await page.getByRole('switch').evaluateAll(async (switches, betweenMs) => {
    for (const each of switches) {
      ;(each as HTMLElement).click()
      await new Promise(resolve => setTimeout(resolve, betweenMs))
    }
  }, BETWEEN_CLICKS_MS)
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  for (const part of [/zone=utc/, /log=true/, /live=false/, /compare=true/])
    await expect(page).toHaveURL(part)
  // A page that is left open would ask for an endpoint that is gone.
  await page.goto('about:blank')
  await endpoint.end()
})
