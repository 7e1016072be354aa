// Bundles and runs the benchmark of analytics: `npm run bench:analytics [-- --quick]`.
// Plain JavaScript: it runs before any build.
import { runBundled } from '../../../../processes/run-bundled.mjs'

const args = process.argv.slice(2)
await runBundled('bench-analytics', { main: 'lib/server/services/analytics/bench/main.ts' }, args)
