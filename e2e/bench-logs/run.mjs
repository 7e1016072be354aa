// Builds the product, bundles the benchmark of container logs, or of their page, and runs it:
// `npm run bench:logs [-- --quick]`, `npm run bench:viewer [-- --quick]`.
// Plain JavaScript: it runs before any build.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { build } from 'esbuild'

const [first, ...rest] = process.argv.slice(2)
const [name, args] = first === '--viewer' ? ['bench-viewer', rest] : ['bench-logs', process.argv.slice(2)]
const root = process.cwd()
const outfile = join(root, 'node_modules', '.cache', `slipway-${name}`, 'main.mjs')
const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

run('lib/processes/supervisor/bootstrap.mjs', '--build-only')
await build({
  absWorkingDir: root,
  entryPoints: [join(root, 'e2e', name, 'main.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  alias: { '@': root },
})
run(outfile, ...args)
