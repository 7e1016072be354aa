import { defineConfig, devices } from '@playwright/test'
// @ts-expect-error plain JavaScript on purpose: it runs before any package is installed
import { systemChromium } from './lib/testing/run/chromium.mjs'

/** A system Chromium where there is one; otherwise Playwright's own. `npm test` installs one where both are missing. */
const executablePath: string | undefined = process.env.SLIPWAY_CHROMIUM || systemChromium() || undefined

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/global-setup.ts',
  // Two cores run the browser, the portal, the gateway and the models; more at once only makes timings lie.
  workers: 1,
  // What passes the second time is a bug that is not understood: `npm test` names it (docs/decisions/018).
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: ['--disable-background-networking', '--disable-component-update'],
    },
  },
  projects: [{ name: 'chromium', use: { ...devices['Desktop Chrome'] } }],
})
