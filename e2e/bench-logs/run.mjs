// Builds the product, bundles the benchmark of container logs and runs it: `npm run bench:logs [-- --quick]`.
// Plain JavaScript: it runs before any build.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = process.cwd()
const outdir = join(root, 'node_modules', '.cache', 'slipway-bench-logs')
const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

run('lib/processes/supervisor/bootstrap.mjs', '--build-only')
rmSync(outdir, { recursive: true, force: true })
mkdirSync(outdir, { recursive: true })
// The product's own programs, but for the model: in its place stands a replica that writes what it is told to.
cpSync('dist', join(outdir, 'dist'), { recursive: true })
const bundle = (entryPoints, to) =>
  build({
    absWorkingDir: root,
    entryPoints,
    outdir: to,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    packages: 'external',
    alias: { '@': root },
  })
await bundle([join(root, 'e2e/bench-logs/main.ts'), join(root, 'e2e/bench-logs/write-lines.ts')], outdir)
await bundle([{ in: join(root, 'e2e/bench-logs/replica.ts'), out: 'model-server' }], join(outdir, 'dist'))
run(join(outdir, 'main.mjs'), ...process.argv.slice(2))
