// Builds the product, bundles the benchmark of container logs and runs it: `npm run bench:logs [-- --quick]`.
// Plain JavaScript: it runs before any build.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = process.cwd()
const outfile = join(root, 'node_modules', '.cache', 'slipway-bench-logs', 'main.mjs')
const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

run('lib/processes/supervisor/bootstrap.mjs', '--build-only')
await build({
  absWorkingDir: root,
  entryPoints: [join(root, 'e2e/bench-logs/main.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  alias: { '@': root },
})
run(outfile, ...process.argv.slice(2))
