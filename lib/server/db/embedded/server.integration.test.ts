import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isSameProcess } from '@/lib/server/process-identity'
import { dataFolderOf } from './cluster'
import { findPostmaster, stopPostmaster, waitUntilGone } from './postmaster'
import { startEmbedded } from './server'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'slipway-embedded-'))
  chmodSync(dataDir, 0o711)
})
afterEach(async () => {
  const left = await findPostmaster(dataFolderOf(join(dataDir, 'postgres')))
  if (left) await stopPostmaster(left)
  rmSync(dataDir, { recursive: true, force: true })
})

const start = () => startEmbedded({ dataDir, settings: { fsync: 'off' } })

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

it('keeps data, port and password from one start to the next', async () => {
  const first = await start()
  await query(first.url, 'create table kept as select 42 as answer')
  await first.stop()
  expect(isSameProcess(first)).toBe(false)
  const second = await start()
  expect(second.url).toBe(first.url)
  expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  await second.stop()
})

it('listens on loopback only, without a socket file, and asks for the password', async () => {
  const server = await start()
  const rows = await query(
    server.url,
    "select current_setting('listen_addresses') a, current_setting('unix_socket_directories') s, current_setting('password_encryption') p",
  )
  expect(rows).toEqual([{ a: '127.0.0.1', s: '', p: 'scram-sha-256' }])
  const wrong = new URL(server.url)
  wrong.password = 'password'
  await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/)
  await server.stop()
})

it('adopts a server that an earlier start left running, and stops it', async () => {
  const first = await start()
  const second = await start()
  expect(second).toMatchObject({ adopted: true, pid: first.pid, url: first.url })
  await second.stop()
  expect(isSameProcess(first)).toBe(false)
})

it('recovers after SIGKILL', async () => {
  const first = await start()
  process.kill(first.pid, 'SIGKILL')
  await waitUntilGone(first, 10_000)
  const second = await start()
  expect(second.adopted).toBe(false)
  await second.stop()
})

it('moves to another port when its own was taken meanwhile', async () => {
  const first = await start()
  await first.stop()
  const thief = createServer().listen(first.port, '127.0.0.1')
  const second = await start()
  expect(second.port).not.toBe(first.port)
  await second.stop()
  thief.close()
})

it('is not fooled by a pid file whose number now belongs to another program', async () => {
  const first = await start()
  await first.stop()
  const folder = dataFolderOf(join(dataDir, 'postgres'))
  writeFileSync(join(folder, 'postmaster.pid'), `${process.pid}\n${folder}\n1\n${first.port}\n\n127.0.0.1\n`)
  const second = await start()
  expect(second.adopted).toBe(false)
  await second.stop()
})

it('refuses data of another major version, and leaves them alone', async () => {
  await (await start()).stop()
  const file = join(dataFolderOf(join(dataDir, 'postgres')), 'PG_VERSION')
  writeFileSync(file, '12\n')
  await expect(start()).rejects.toThrow(/was made by PostgreSQL 12; this Slipway brings 18/)
  expect(readFileSync(file, 'utf8')).toBe('12\n')
})

it('says so when the kept password is not the one of the data', async () => {
  await (await start()).stop()
  writeFileSync(join(dataDir, 'postgres', 'password'), 'another\n')
  await expect(start()).rejects.toThrow(/refused the password kept in the data directory/)
  const port = Number(readFileSync(join(dataDir, 'postgres', 'port'), 'utf8'))
  await expect(connects(port)).resolves.toBe(false)
})

const connects = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
