import { accessSync, constants, mkdirSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { makePassableFolder } from '@/lib/server/db/embedded/home'
import { codeOf, StartFailure } from './start-failure'

const REASONS: Record<string, string> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of that path is a file',
  EEXIST: 'it is a file',
}

/** Makes the data directory with its folders and proves that it can be written; returns its real path. */
export async function prepareDataDirectory(path: string): Promise<string> {
  try {
    await makePassableFolder(path)
    if (!statSync(path).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' })
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
    for (const folder of ['run', 'log']) mkdirSync(join(path, folder), { recursive: true, mode: 0o700 })
    for (const folder of ['run', 'log']) accessSync(join(path, folder), constants.W_OK)
    return realpathSync(path)
  } catch (error) {
    const code = codeOf(error) ?? ''
    throw new StartFailure(
      `The data directory ${path} cannot be used: ${REASONS[code] ?? String(error)}. ` +
        'Change its rights, or set SLIPWAY_DATA_DIR to another folder.',
    )
  }
}
