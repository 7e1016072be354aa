import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Deployment } from '@/lib/testing/deployment'
import { localSpec, makeLocalPlace, modelServersOf } from '@/lib/testing/local-place'
import { bundleForTests } from '@/lib/testing/programs'
import { createLocalProvider } from './provider'

test('the sample model answers in the real model server, and leaves nothing outside its own folder', async () => {
  const distDir = await bundleForTests(['shim', 'model-server'])
  const place = await makeLocalPlace()
  const home = join(place.settings.dataDir, 'home')
  await mkdir(home)
  try {
    const settings = { ...place.settings, distDir, machine: () => ({ cpus: 2, memoryBytes: 4e9 }) }
    const baseEnv = { ...settings.baseEnv, HOME: home, HF_HOME: join(settings.dataDir, 'hub') }
    const deployment = new Deployment({
      another: () => createLocalProvider({ ...settings, baseEnv }),
      specWith: localSpec,
    })
    const { replica, report } = await deployment.start()
    const answer = await fetch(`${report.address}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ inputs: 'I love this, it is wonderful.' }),
    })
    expect(answer.status).toBe(200)
    expect(JSON.stringify(await answer.json())).toContain('positive')

    const folder = join(settings.dataDir, 'replicas', replica.id)
    const [pid] = await ownServers(distDir, folder)
    expect(await readFile(`/proc/${pid}/environ`, 'utf8')).toContain(`TMPDIR=${folder}/attempts/1/tmp\0`)
    const stopped = await deployment.reach(deployment.target(), replica.id, 'stopped')
    expect(stopped.exit).toMatchObject({ code: 0, signal: null })

    // ONNX Runtime's telemetry would leave a log named after the process, and its device's id at home.
    expect(existsSync(join(tmpdir(), `mat-debug-${pid}.log`))).toBe(false)
    expect(await readdir(join(folder, 'attempts/1/tmp'))).toEqual([])
    expect(await readdir(home)).toEqual([])
  } finally {
    await place.dispose()
  }
})

/** Model servers of this test's data: the bundle is shared with other tests. */
async function ownServers(distDir: string, folder: string): Promise<number[]> {
  const environments = (await modelServersOf({ distDir })).map(async pid => ({
    pid,
    text: await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => ''),
  }))
  return (await Promise.all(environments)).filter(each => each.text.includes(folder)).map(each => each.pid)
}
