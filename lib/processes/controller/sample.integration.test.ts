import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { becomes } from '@/lib/testing/controller'
import { CONTROLLER_PROGRAMS, spawnController } from '@/lib/testing/controller-process'
import { testDatabase } from '@/lib/testing/database'
import { insertEndpoint, readEvents, readReplicas } from '@/lib/testing/endpoint'
import { localSpec } from '@/lib/testing/local-place'
import { bundleForTests } from '@/lib/testing/programs'

const database = testDatabase()

it('the sample model runs and answers, everything being the real thing', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'slipway-controller-'))
  const distDir = await bundleForTests(CONTROLLER_PROGRAMS)
  const controller = await spawnController({
    DATABASE_URL: database.url,
    SLIPWAY_DATA_DIR: dataDir,
    SLIPWAY_DIST_DIR: distDir,
  })
  try {
    const id = await insertEndpoint(database.db, localSpec())
    await becomes(database.db, id, 'running', 40_000)
    const [replica] = await readReplicas(database.db, id)
    const answer = await fetch(`${replica?.address}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ inputs: 'I love this' }),
    })
    expect(answer.status).toBe(200)
    expect(JSON.stringify(await answer.json())).toContain('positive')
    const kinds = (await readEvents(database.db, id)).map(event => event.kind)
    expect(kinds).toContain('replicaReady')
  } finally {
    await controller.end('SIGTERM')
    await rm(dataDir, { recursive: true, force: true })
  }
})
