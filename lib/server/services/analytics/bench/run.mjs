// Bundles and runs the benchmark of analytics: `npm run bench:analytics [-- --quick]`.
// Plain JavaScript: it runs before any build.
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = process.cwd()
const outdir = join(root, 'node_modules', '.cache', 'slipway-bench-analytics')
mkdirSync(outdir, { recursive: true })
await build({
  absWorkingDir: root,
  entryPoints: [join(root, 'lib/server/services/analytics/bench/main.ts')],
  outdir,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  packages: 'external',
  alias: { '@': root },
})
const child = spawn(process.execPath, [join(outdir, 'main.mjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
})
child.on('exit', code => process.exit(code ?? 1))
