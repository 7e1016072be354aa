import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

const isTest = path => /\.test\.tsx?$/.test(path) || path.startsWith('lib/testing/')

/**
 * One hash over the contents of files and folders: equal when nothing that matters to a build changed.
 * @param {string} root
 * @param {string[]} paths relative; those that do not exist count as absent
 * @param {(path: string) => boolean} [leaveOut] by path relative to the root
 */
export async function stampOf(root, paths, leaveOut = () => false) {
  const files = []
  for (const path of paths) files.push(...(await filesBelow(root, join(root, path))))
  const hash = createHash('sha256').update(
    `${process.platform} ${process.arch} ${process.versions.modules}\n`,
  )
  for (const file of files.sort()) {
    const name = relative(root, file)
    if (isTest(name) || leaveOut(name)) continue
    hash.update(`${name}\n`).update(
      createHash('sha256')
        .update(await readFile(file))
        .digest(),
    )
  }
  return hash.digest('hex')
}

async function filesBelow(root, path) {
  const entries = await readdir(path, { withFileTypes: true }).catch(error => error.code)
  if (entries === 'ENOENT') return []
  if (typeof entries === 'string') return [path]
  const nested = entries.map(entry =>
    entry.isDirectory() ? filesBelow(root, join(path, entry.name)) : [join(path, entry.name)],
  )
  return (await Promise.all(nested)).flat()
}
