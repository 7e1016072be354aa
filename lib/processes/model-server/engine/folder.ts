import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Files that may matter for loading lie at most this deep; a deeper tree is no model folder. */
const MAX_DEPTH = 3

/** Paths of all files below a folder, relative and with `/`. Follows links: the Hub's cache is made of them. */
export async function listFiles(folder: string, prefix = '', depth = 0): Promise<string[]> {
  const names = await readdir(join(folder, prefix))
  const nested = await Promise.all(
    names.sort().map(async name => {
      const path = prefix === '' ? name : `${prefix}/${name}`
      const info = await stat(join(folder, path)).catch(() => null)
      if (info?.isFile()) return [path]
      return info?.isDirectory() && depth < MAX_DEPTH ? listFiles(folder, path, depth + 1) : []
    }),
  )
  return nested.flat()
}
