import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
// @ts-expect-error plain JavaScript on purpose: it runs before anything is built
import { bundle, bundlePrograms } from '@/lib/processes/bundle.mjs'
import { processStartTime } from '@/lib/server/process-identity'

const bundled = new Map<string, Promise<string>>()
const ALL = 'all'

// Below node_modules, so that the packages left outside resolve from there.
const PARENT = join(process.cwd(), 'node_modules', '.cache', 'slipway-test-dist')

/** Bundles the programs from the current sources and returns their folder: pass it as SLIPWAY_DIST_DIR. */
export function bundleForTests(only?: string[]): Promise<string> {
  const key = only?.toSorted().join() ?? ALL
  const known = bundled.get(ALL) ?? bundled.get(key)
  if (known) return known
  const bundling = (async () => {
    const root = process.cwd()
    const outdir = join(PARENT, String(process.pid))
    mkdirSync(outdir, { recursive: true })
    removeFoldersOfTheDead()
    await bundlePrograms({ root, outdir, ...(only ? { only } : {}) })
    return outdir
  })()
  bundled.set(key, bundling)
  return bundling
}

/** Bundles a program that only tests run, `lib/testing/name.ts`, once; resolves to its path. */
export function bundleOwn(name: string): Promise<string> {
  const outdir = join(PARENT, String(process.pid))
  const entryPoints = [{ in: join(process.cwd(), 'lib', 'testing', `${name}.ts`), out: name }]
  const bundling =
    bundled.get(name) ?? bundle({ outdir, entryPoints }).then(() => join(outdir, `${name}.mjs`))
  bundled.set(name, bundling)
  return bundling
}

/** Each folder is named after the process that made it. */
function removeFoldersOfTheDead(): void {
  for (const name of readdirSync(PARENT))
    if (/^\d+$/.test(name) && processStartTime(Number(name)) === null)
      rmSync(join(PARENT, name), { recursive: true, force: true })
}
