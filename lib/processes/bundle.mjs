// Bundles the long-running programs from TypeScript with esbuild. Plain JavaScript: the start script and the tests
// run it before anything is built.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

export const PROGRAMS = ['supervisor', 'gateway', 'controller', 'shim', 'model-server', 'admin']

/**
 * Writes `<outdir>/<program>.mjs` for each program.
 * @param {{ root: string, outdir: string, only?: string[] }} options
 */
export async function bundlePrograms({ root, outdir, only = PROGRAMS }) {
  const entryPoints = only
    .map(name => ({ in: join(root, 'lib/processes', name, 'main.ts'), out: name }))
    .filter(entry => existsSync(entry.in))
  await bundle({ root, outdir, entryPoints })
}

/**
 * Writes `<outdir>/<out>.mjs` for each TypeScript file. Packages stay in node_modules: it must be found from `outdir`.
 * @param {{ root?: string, outdir: string, entryPoints: { in: string, out: string }[] }} options
 */
export async function bundle({ root = process.cwd(), outdir, entryPoints }) {
  await build({
    absWorkingDir: root,
    entryPoints,
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    packages: 'external',
    alias: { '@': root },
    sourcemap: 'linked',
    logLevel: 'warning',
    // A bundled CommonJS dependency would look for these.
    banner: {
      js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);",
    },
  })
}
