import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
// @ts-expect-error plain JavaScript on purpose: it runs before anything is built
import { bundlePrograms } from '@/lib/processes/bundle.mjs'
import { processStartTime } from '@/lib/server/process-identity'

const bundled = new Map<string, Promise<string>>()
const ALL = 'all'

/** Bundles the programs from the current sources and returns their folder: pass it as SLIPWAY_DIST_DIR. */
export function bundleForTests(only?: string[]): Promise<string> {
  const key = only?.toSorted().join() ?? ALL
  const known = bundled.get(ALL) ?? bundled.get(key)
  if (known) return known
  const bundling = (async () => {
    const root = process.cwd()
    // Below node_modules so that `packages: external` resolves from there.
    const parent = join(root, 'node_modules', '.cache', 'slipway-test-dist')
    const outdir = join(parent, String(process.pid))
    mkdirSync(outdir, { recursive: true })
    removeFoldersOfTheDead(parent)
    await bundlePrograms({ root, outdir, ...(only ? { only } : {}) })
    return outdir
  })()
  bundled.set(key, bundling)
  return bundling
}

/** Each folder is named after the process that made it. */
function removeFoldersOfTheDead(parent: string): void {
  for (const name of readdirSync(parent))
    if (/^\d+$/.test(name) && processStartTime(Number(name)) === null)
      rmSync(join(parent, name), { recursive: true, force: true })
}
