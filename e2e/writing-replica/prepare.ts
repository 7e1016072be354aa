import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

export type WritingPrograms = { distDir: string; writer: string }

/**
 * The built product's programs, but for the model server: in its place stands a replica that writes what it is told
 * to. Below node_modules, from where the programs' packages resolve.
 */
export async function prepareWritingReplica(root = process.cwd()): Promise<WritingPrograms> {
  const folder = join(root, 'node_modules', '.cache', 'slipway-writing-replica', String(process.pid))
  const distDir = join(folder, 'dist')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  cpSync(join(root, 'dist'), distDir, { recursive: true })
  const source = (name: string) => join(root, 'e2e', 'writing-replica', `${name}.ts`)
  await build({
    absWorkingDir: root,
    entryPoints: [
      { in: source('replica'), out: 'dist/model-server' },
      { in: source('write-lines'), out: 'write-lines' },
    ],
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    packages: 'external',
    alias: { '@': root },
  })
  return { distDir, writer: join(folder, 'write-lines.mjs') }
}
