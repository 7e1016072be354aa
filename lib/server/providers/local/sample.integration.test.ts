import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Deployment } from '@/lib/testing/deployment'
import { localSpec, makeLocalPlace } from '@/lib/testing/local-place'
import { bundleForTests } from '@/lib/testing/programs'
import { createLocalProvider } from './provider'

test('the sample model runs in the real model server and answers', async () => {
  const distDir = await bundleForTests(['shim', 'model-server'])
  const place = await makeLocalPlace()
  try {
    const settings = { ...place.settings, distDir, machine: () => ({ cpus: 2, memoryBytes: 4e9 }) }
    const another = () =>
      createLocalProvider({
        ...settings,
        baseEnv: { ...settings.baseEnv, HF_HOME: join(settings.dataDir, 'hub') },
      })
    const deployment = new Deployment({ another, specWith: localSpec })
    const { replica, report } = await deployment.start()
    const answer = await fetch(`${report.address}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ inputs: 'I love this, it is wonderful.' }),
    })
    expect(answer.status).toBe(200)
    expect(JSON.stringify(await answer.json())).toContain('positive')
    const stopped = await deployment.reach(deployment.target(), replica.id, 'stopped')
    expect(stopped.exit).toMatchObject({ code: 0, signal: null })
  } finally {
    await place.dispose()
  }
})
