import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { EmbeddedDatabaseError } from './failure'

const run = promisify(execFile)

/** Whom PostgreSQL runs as; null: the user who runs Slipway. */
export type OsUser = { uid: number; gid: number } | null

/** The account made for it, so that no other service shares its files. `postgres` where none can be made. */
const OWN_NAME = 'slipway-postgres'
const COMMON_NAME = 'postgres'

async function lookUp(name: string): Promise<OsUser> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return null
  }
}

async function create(name: string): Promise<OsUser> {
  try {
    await run('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--home-dir',
      '/nonexistent',
      '--shell',
      '/usr/sbin/nologin',
      name,
    ])
  } catch {
    // Another start may have made it in the same moment; the look-up decides.
  }
  return lookUp(name)
}

/**
 * PostgreSQL refuses to run as root: then it gets an account of its own. Data that exist keep their owner.
 * @param dataFolder the cluster's folder, which may not exist yet
 */
export async function chooseOsUser(dataFolder: string): Promise<OsUser> {
  if (process.getuid?.() !== 0) return null
  const existing = await stat(dataFolder).catch(() => null)
  if (existing && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid }
  const user = (await lookUp(OWN_NAME)) ?? (await create(OWN_NAME)) ?? (await lookUp(COMMON_NAME))
  if (user) return user
  throw new EmbeddedDatabaseError(
    `PostgreSQL does not run as root, and no account could be made for it (useradd ${OWN_NAME} failed). ` +
      'Start Slipway as an ordinary user, create that account, or set DATABASE_URL to a PostgreSQL of your own.',
  )
}
