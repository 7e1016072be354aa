import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  test: {
    // What differed stands in the one line of a failure that is kept, not `[ Array(1) ]`.
    chaiConfig: { truncateThreshold: 400 },
    projects: [
      // Pure rules: no database, no process, no network. Part of `npm run check`.
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{lib,components,app}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.integration.test.ts', '**/node_modules/**'],
          // The slowest takes about a second; a stalled machine shall not make one red.
          testTimeout: 30_000,
        },
      },
      // Real PostgreSQL, real processes.
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['{lib,app}/**/*.integration.test.ts'],
          globalSetup: ['lib/testing/global-setup.ts'],
          env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // What a busy machine may take; a poll that is right ends at once.
          expect: { poll: { timeout: 20_000 } },
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
