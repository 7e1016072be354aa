import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dataFolderOf, SUPERUSER, serverEnvironment } from '@/lib/server/db/embedded/cluster'
import { chooseOsUser } from '@/lib/server/db/embedded/os-user'
import { chooseFreePort } from '@/lib/server/db/embedded/port'
import { stopPostmaster } from '@/lib/server/db/embedded/postmaster'
import { ensureDatabase, waitUntilReady } from '@/lib/server/db/embedded/ready'
import { isSameProcess, processStartTime } from '@/lib/server/process-identity'

/** Where Debian keeps the server's programs, one folder per major version. */
const DEBIAN = '/usr/lib/postgresql'

/** The programs of a PostgreSQL that the system brings; null where there is none. */
export function findSystemPostgres(): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(a) - Number(b)) : []
  const found = versions
    .map(version => join(DEBIAN, version, 'bin'))
    .find(bin => existsSync(join(bin, 'initdb')))
  return found ?? null
}

/** A fresh cluster on it, with a `slipway` database, as an operator would make one. */
export async function startSystemPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const bin = findSystemPostgres()
  if (!bin) throw new Error('This system has no PostgreSQL of its own.')
  const folder = mkdtempSync(join(tmpdir(), 'slipway-system-pg-'))
  chmodSync(folder, 0o711)
  const user = await chooseOsUser(dataFolderOf(folder))
  const data = mkdtempSync(join(folder, 'data-'))
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, 'system\n')
  if (user) for (const path of [data, passwordFile]) chownSync(path, user.uid, user.gid)
  const options = { cwd: '/', env: serverEnvironment(), ...(user ?? {}) }
  const flags = [
    '-D',
    data,
    '-U',
    SUPERUSER,
    '--pwfile',
    passwordFile,
    '--auth',
    'scram-sha-256',
    '-E',
    'UTF8',
  ]
  execFileSync(join(bin, 'initdb'), flags, { ...options, stdio: 'pipe' })

  const port = await chooseFreePort(null)
  const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off']
  const child = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...settings], {
    ...options,
    stdio: 'ignore',
  })
  const identity = { pid: child.pid ?? 0, startTime: processStartTime(child.pid ?? 0) ?? '' }
  const url = `postgres://${SUPERUSER}:system@127.0.0.1:${port}/slipway`
  await waitUntilReady(url, () => isSameProcess(identity))
  await ensureDatabase(url)
  return {
    url,
    stop: async () => {
      await stopPostmaster(identity)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
