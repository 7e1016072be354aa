import { fileURLToPath } from 'node:url'
import { defineConfig } from '@playwright/test'
import base from '../../playwright.config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** `npm run bench:pages`: the browser tests' product and browser, but what is measured is printed, not asserted. */
export default defineConfig({
  ...base,
  testDir: here('.'),
  testMatch: '*.bench.ts',
  outputDir: here('../../test-results'),
  globalSetup: here('../global-setup.ts'),
  timeout: 540_000,
  // A trace takes a snapshot of the page at every step: what would be measured is the trace.
  use: { ...base.use, trace: 'off', screenshot: 'off' },
})
