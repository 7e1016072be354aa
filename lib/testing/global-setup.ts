import { rm } from 'node:fs/promises'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '@/lib/server/db/embedded/server'
import { migrateDatabase } from '@/lib/server/db/migrate'
import { makeServerFolder, removeAbandonedServers } from './test-server-folder'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Server to make databases on, and the migrated template they are cloned from. */
    adminUrl: string
    templateName: string
  }
}

const TEMPLATE = 'slipway_template'

/** Test databases live for seconds: nothing of them needs to survive a power cut. */
const TEST_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
}

/** One real PostgreSQL per run, with a migrated template; each test file clones it (`testDatabase`). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await serverForTests()
  const adminUrl = databaseOn(server.url, 'postgres')
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query(`drop database if exists ${TEMPLATE} with (force)`)
  await admin.query(`create database ${TEMPLATE}`)
  await admin.end()
  await migrateDatabase(databaseOn(server.url, TEMPLATE))
  project.provide('adminUrl', adminUrl)
  project.provide('templateName', TEMPLATE)
  return server.stop
}

/** SLIPWAY_TEST_DATABASE_URL, else an embedded server of this run's own. */
async function serverForTests(): Promise<{ url: string; stop: () => Promise<void> }> {
  const external = process.env.SLIPWAY_TEST_DATABASE_URL
  if (external) return { url: external, stop: async () => {} }
  await removeAbandonedServers()
  const dataDir = await makeServerFolder()
  const server = await startEmbedded({ dataDir, settings: TEST_SETTINGS })
  return {
    url: server.url,
    stop: async () => {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function databaseOn(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}
