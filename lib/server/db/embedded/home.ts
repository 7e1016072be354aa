import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EmbeddedDatabaseError } from './failure'
import type { OsUser } from './os-user'
import { canEnter } from './reach'

/** Where the database lives when a parent of the data directory is closed to PostgreSQL's account. */
const FALLBACK_ROOT = '/var/lib/slipway'
const POINTER = 'location'

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

/**
 * Makes a folder that others may pass through but not list. Only a folder made here gets this mode: what somebody
 * else made keeps theirs.
 */
export async function makePassableFolder(path: string): Promise<void> {
  const made = await mkdir(path, { recursive: true, mode: 0o711 })
  // The umask may have taken the bits away.
  if (made) await chmod(path, 0o711)
}

/** The home chosen by an earlier start, without choosing one. */
export async function knownHome(dataDir: string): Promise<string> {
  const folder = join(dataDir, 'postgres')
  const pointed = await readFile(join(folder, POINTER), 'utf8').catch(() => null)
  return pointed?.trim() || folder
}

/**
 * The folder of the database: `<data dir>/postgres`, or one below /var/lib/slipway, named in a pointer file, where
 * PostgreSQL's account cannot reach that. Chosen once, at the first start.
 */
export async function settleHome(dataDir: string, user: OsUser): Promise<string> {
  const folder = join(dataDir, 'postgres')
  await makePassableFolder(dataDir)
  await makePassableFolder(folder)
  const known = await knownHome(dataDir)
  if (known !== folder) {
    if (await exists(known)) return known
    throw new EmbeddedDatabaseError(
      `The database of ${dataDir} is kept in ${known} (see ${join(folder, POINTER)}), and that folder is gone. ` +
        'Restore it from a backup, or delete the data directory to begin anew.',
    )
  }
  if ((await exists(join(folder, 'data'))) || (await canEnter(folder, user))) return folder
  const fallback = join(FALLBACK_ROOT, randomBytes(6).toString('hex'))
  await makePassableFolder(FALLBACK_ROOT)
  await makePassableFolder(fallback)
  if (!(await canEnter(fallback, user))) {
    throw new EmbeddedDatabaseError(
      `PostgreSQL's account can enter neither ${folder} nor ${fallback}. ` +
        'Set SLIPWAY_DATA_DIR to a folder whose parents others may pass through.',
    )
  }
  await writeFile(join(fallback, 'belongs-to'), `${dataDir}\n`, { mode: 0o600 })
  await writeFile(join(folder, POINTER), `${fallback}\n`, { mode: 0o600 })
  return fallback
}
