// Runs a program from its TypeScript source. Plain JavaScript: it is used before any build.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { bundle } from './bundle.mjs'

/**
 * Bundles TypeScript files (`{ main: 'path.ts', … }`) side by side, runs `main`, and ends as it ended.
 * @param {string} name
 * @param {Record<string, string>} sources
 * @param {string[]} args
 */
export async function runBundled(name, sources, args = []) {
  // Below node_modules, so that the packages left outside the bundle resolve from there.
  const outdir = join(process.cwd(), 'node_modules', '.cache', `slipway-${name}`)
  const entryPoints = Object.entries(sources).map(([out, path]) => ({ in: join(process.cwd(), path), out }))
  await bundle({ outdir, entryPoints })
  const child = spawn(process.execPath, [join(outdir, 'main.mjs'), ...args], { stdio: 'inherit' })
  child.on('exit', code => process.exit(code ?? 1))
}
