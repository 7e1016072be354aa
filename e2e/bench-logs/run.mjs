// Builds the product, bundles the benchmark of container logs, or of their page, and runs it:
// `npm run bench:logs [-- --quick]`, `npm run bench:viewer [-- --quick]`.
// Plain JavaScript: it runs before any build.
import { spawnSync } from 'node:child_process'
import { runBundled } from '../../lib/processes/run-bundled.mjs'

const [first, ...rest] = process.argv.slice(2)
const [name, args] = first === '--viewer' ? ['bench-viewer', rest] : ['bench-logs', process.argv.slice(2)]
const build = ['lib/processes/supervisor/bootstrap.mjs', '--build-only']
const { status } = spawnSync(process.execPath, build, { stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)
await runBundled(name, { main: `e2e/${name}/main.ts` }, args)
