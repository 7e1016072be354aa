import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
// @ts-expect-error plain JavaScript on purpose: it runs before anything is built
import { bundle } from '@/lib/processes/bundle.mjs'

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
  await bundle({
    root,
    entryPoints: [
      { in: source('replica'), out: 'dist/model-server' },
      { in: source('write-lines'), out: 'write-lines' },
    ],
    outdir: folder,
  })
  return { distDir, writer: join(folder, 'write-lines.mjs') }
}
