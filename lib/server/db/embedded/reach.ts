import { execFile } from 'node:child_process'
import { dirname } from 'node:path'
import type { OsUser } from './os-user'

/** Runs a shell test as that user: the kernel's own answer, access lists and mounts included. */
function asks(test: string, path: string, user: OsUser): Promise<boolean> {
  return new Promise(resolve => {
    execFile('/bin/sh', ['-c', test, 'sh', path], { cwd: '/', ...(user ?? {}) }, error =>
      resolve(error === null),
    )
  })
}

export const canEnter = (folder: string, user: OsUser): Promise<boolean> => asks('cd "$1"', folder, user)
export const canRun = (file: string, user: OsUser): Promise<boolean> =>
  asks('test -r "$1" && test -x "$1"', file, user)

/** The topmost folder on the way to `path` that the user cannot enter, for a message that names it. */
export async function closedFolderOf(path: string, user: OsUser): Promise<string> {
  const parents: string[] = []
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) parents.unshift(folder)
  for (const folder of parents) if (!(await canEnter(folder, user))) return folder
  return path
}
