import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
// @ts-expect-error plain JavaScript on purpose: it runs before anything is built
import { bundlePrograms } from '@/lib/processes/bundle.mjs'

let bundled: Promise<string> | undefined

/** Bundles the programs from the current sources and returns their folder: pass it as SLIPWAY_DIST_DIR. */
export function bundleForTests(only?: string[]): Promise<string> {
  bundled ??= (async () => {
    const root = process.cwd()
    // Below node_modules so that `packages: external` resolves from there.
    const outdir = join(root, 'node_modules', '.cache', 'slipway-test-dist', String(process.pid))
    mkdirSync(outdir, { recursive: true })
    await bundlePrograms({ root, outdir, ...(only ? { only } : {}) })
    return outdir
  })()
  return bundled
}
