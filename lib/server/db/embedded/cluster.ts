import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from './binaries'
import { EmbeddedDatabaseError } from './failure'
import type { OsUser } from './os-user'
import { canEnter, closedFolderOf } from './reach'

const run = promisify(execFile)

export const SUPERUSER = 'slipway'
export const dataFolderOf = (home: string): string => join(home, 'data')
const passwordFileOf = (home: string) => join(home, 'password')

/** The environment of PostgreSQL's own programs: nothing of ours, so no secret leaks into their processes. */
export const serverEnvironment = (): NodeJS.ProcessEnv => ({
  NODE_ENV: 'production',
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
})

/** The password fixed when the cluster was made; made and kept (0600) at the first start. */
export async function keptPassword(home: string): Promise<string> {
  const file = passwordFileOf(home)
  try {
    await writeFile(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return (await readFile(file, 'utf8')).trim()
}

/** Makes the cluster unless there is one; refuses one of another major version. */
export async function ensureCluster(home: string, binaries: Binaries, user: OsUser): Promise<void> {
  const folder = dataFolderOf(home)
  const version = await readFile(join(folder, 'PG_VERSION'), 'utf8').catch(
    (error: NodeJS.ErrnoException) => error.code ?? '',
  )
  if (version === 'EACCES') {
    throw new EmbeddedDatabaseError(
      `The database in ${folder} belongs to another account. Start Slipway as the user who made it.`,
    )
  }
  if (version === 'ENOENT') return initialise(home, binaries, user)
  if (Number.parseInt(version, 10) !== binaries.major) {
    throw new EmbeddedDatabaseError(
      `The database in ${folder} was made by PostgreSQL ${version.trim()}; this Slipway brings ${binaries.major}. ` +
        'See "Upgrading PostgreSQL" in docs/operations.md.',
    )
  }
  if (!(await canEnter(folder, user))) {
    throw new EmbeddedDatabaseError(
      `PostgreSQL's account cannot enter ${await closedFolderOf(folder, user)}, which is on the way to its data. ` +
        'Let others pass through it again (chmod o+x), or move the data directory.',
    )
  }
}

async function initialise(home: string, binaries: Binaries, user: OsUser): Promise<void> {
  const folder = dataFolderOf(home)
  // Built beside and renamed: a start killed in the middle leaves nothing that looks like a cluster.
  const building = join(home, 'data.new')
  const passwordFile = join(home, 'initdb-password')
  await rm(building, { recursive: true, force: true })
  await mkdir(building, { mode: 0o700 })
  await rm(passwordFile, { force: true })
  await writeFile(passwordFile, `${await keptPassword(home)}\n`, { mode: 0o600, flag: 'wx' })
  if (user) for (const path of [building, passwordFile]) await chown(path, user.uid, user.gid)
  const flags = [
    `--pgdata=${building}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // PostgreSQL's own locale: the same order of text on every machine, whatever its C library.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
  ]
  try {
    await run(binaries.initdb, flags, { cwd: '/', env: serverEnvironment(), ...(user ?? {}) })
    await rename(building, folder)
  } catch (error) {
    const { stderr } = error as { stderr?: string }
    throw new EmbeddedDatabaseError(
      `PostgreSQL could not set up its data in ${folder}: ${(stderr || String(error)).trim()}`,
    )
  } finally {
    await rm(passwordFile, { force: true })
  }
}
