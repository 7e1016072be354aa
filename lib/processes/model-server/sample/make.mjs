// `npm run make:sample`: bundles the TypeScript beside it and runs it. Writes the sample model and its card anew.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = process.cwd()
// Below node_modules so that the packages left outside the bundle resolve from there.
const outfile = join(root, 'node_modules', '.cache', 'slipway', 'make-sample.mjs')
await build({
  entryPoints: [join(root, 'lib/processes/model-server/sample/make/main.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  alias: { '@': root },
  logLevel: 'warning',
})
await import(pathToFileURL(outfile).href)
