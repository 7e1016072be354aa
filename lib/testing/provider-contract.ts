import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Deployment, type DeploymentPlace, WAIT } from './deployment'
import { isNumbered, readLogs } from './provider-logs'

/**
 * A place of its own for one test. Its replicas run `stub-model-server.mjs`, whose routes make a real process log,
 * exit and fail.
 */
export type ContractSubject = DeploymentPlace & {
  /** How many processes or containers exist there, by other means than the provider's. */
  countLiving: () => number | Promise<number>
  /** Whether anything of a replica is left behind. */
  hasTraces: () => boolean | Promise<boolean>
  dispose: () => Promise<void>
}

type Current = () => { deployment: Deployment; subject: ContractSubject }

/** What every provider with `rollout: 'slipway'` guarantees to the controller. */
export function providerContract(makeSubject: () => Promise<ContractSubject>): void {
  let subject: ContractSubject
  let deployment: Deployment
  beforeEach(async () => {
    subject = await makeSubject()
    deployment = new Deployment(subject)
  })
  afterEach(() => subject.dispose())

  describe('starting', () => startingContract(() => ({ deployment, subject })))
  describe('ending', () => endingContract(() => ({ deployment, subject })))
  describe('logs', () => logsContract(() => ({ deployment, subject })))
}

function startingContract(current: Current): void {
  test('a deployable spec has no problems, and its instance type is in the catalogue', async () => {
    const { deployment, subject } = current()
    const { provider } = deployment
    const spec = subject.specWith({})
    expect(await provider.check(spec)).toEqual([])
    const { instanceTypes, regions } = await provider.catalog()
    expect(instanceTypes.map(type => type.id)).toContain(spec.hardware.instanceType)
    expect(regions.map(region => region.id)).toContain(spec.hardware.region)
  })

  test('an unknown instance type is a problem at its field', async () => {
    const { deployment, subject } = current()
    const { provider } = deployment
    const spec = subject.specWith({})
    const problems = await provider.check({
      ...spec,
      hardware: { ...spec.hardware, instanceType: 'no-such' },
    })
    expect(problems).toContainEqual({
      field: 'hardware.instanceType',
      message: expect.stringContaining('no-such'),
    })
  })

  test('a replica goes through its phases to running, and its address answers', async () => {
    const { deployment } = current()
    const replica = deployment.replica({ env: { STUB_READY_AFTER_MS: '700' } })
    const target = deployment.target(replica)
    const downloading = await deployment.reach(target, replica.id, 'downloading')
    expect(downloading.message).toContain('40 %')
    const report = await deployment.reach(target, replica.id, 'running')
    expect(report).toMatchObject({ revision: 1, attempt: 1, exit: null })
    expect(await (await fetch(`${report.address}/health`)).text()).toBe('Ok')
  })

  test('applying again, and from several controllers at once, starts nothing twice', async () => {
    const { deployment, subject } = current()
    const target = deployment.target(deployment.replica(), deployment.replica())
    const controllers = [deployment.provider, deployment.another(), deployment.another()]
    await Promise.all([...controllers, ...controllers].map(provider => provider.apply(target)))
    for (const { id } of target.replicas) await deployment.reach(target, id, 'running')
    await Promise.all(controllers.map(provider => provider.apply(target)))
    expect(await subject.countLiving()).toBe(2)
  })

  test('another controller sees the same replicas and takes them over as they are', async () => {
    const { deployment } = current()
    const { replica, target, report, ask } = await deployment.start()
    const pid = await ask('/pid')
    deployment.provider = deployment.another()
    const adopted = await deployment.reach(target, replica.id, 'running')
    expect(adopted.address).toBe(report.address)
    expect(await ask('/pid')).toBe(pid)
  })
}

function endingContract(current: Current): void {
  test('an exit is reported with its code', async () => {
    const { deployment } = current()
    const { replica, ask } = await deployment.start()
    await ask('/exit?code=7')
    await expect.poll(async () => (await deployment.report(replica.id))?.state, WAIT).toBe('failed')
    const report = await deployment.report(replica.id)
    expect(report?.exit).toMatchObject({ code: 7, signal: null, outOfMemory: false })
    expect(Date.now() - Date.parse(report?.exit?.at ?? '')).toBeLessThan(20_000)
    expect(report?.address).toBeNull()
  })

  test('an ended replica stays ended until the attempt counts up, and then starts again', async () => {
    const { deployment, subject } = current()
    const { replica, target, ask } = await deployment.start()
    await ask('/exit?code=1')
    await deployment.reach(target, replica.id, 'failed')
    await deployment.provider.apply(target)
    expect((await deployment.report(replica.id))?.attempt).toBe(1)
    const again = deployment.target({ ...replica, attempt: 2 })
    await deployment.reach(again, replica.id, 'running', 2)
    // A controller that is behind changes nothing.
    await deployment.another().apply(target)
    // Long enough for anything it had started by mistake to be there.
    await sleep(1000)
    expect(await deployment.report(replica.id)).toMatchObject({ attempt: 2, state: 'running' })
    expect(await subject.countLiving()).toBe(1)
  })

  test('a higher attempt replaces one that still runs', async () => {
    const { deployment, subject } = current()
    const { replica, ask } = await deployment.start()
    const before = await ask('/pid')
    const report = await deployment.reach(
      deployment.target({ ...replica, attempt: 2 }),
      replica.id,
      'running',
      2,
    )
    expect(await (await fetch(`${report.address}/pid`)).text()).not.toBe(before)
    expect(await subject.countLiving()).toBe(1)
  })

  test('a replica that is not listed stops, and the others stay', async () => {
    const { deployment, subject } = current()
    const stays = deployment.replica()
    const goes = deployment.replica()
    await deployment.reach(deployment.target(stays, goes), goes.id, 'running')
    await deployment.reach(deployment.target(stays), goes.id, 'stopped')
    await deployment.reach(deployment.target(stays), stays.id, 'running')
    expect(await subject.countLiving()).toBe(1)
  })

  test('removing leaves nothing, once the output was released', async () => {
    const { deployment, subject } = current()
    const { replica } = await deployment.start()
    const { provider, endpointId } = deployment
    expect(await provider.remove(deployment)).toBe(false)
    await expect.poll(() => subject.countLiving(), WAIT).toBe(0)
    if (provider.releaseLogs) {
      expect(await provider.remove(deployment)).toBe(false)
      const { texts } = await readLogs(deployment.logs(replica.id))
      expect(texts.some(text => text.includes('stub: SIGTERM'))).toBe(true)
      await provider.releaseLogs({ endpointId, replicaId: replica.id })
    }
    await expect.poll(() => provider.remove(deployment), WAIT).toBe(true)
    expect(await subject.hasTraces()).toBe(false)
    expect((await provider.observe(deployment)).replicas).toEqual([])
  })

  test('an endpoint that never was is removed at once', async () => {
    expect(await current().deployment.provider.remove({ endpointId: randomUUID() })).toBe(true)
  })
}

function logsContract(current: Current): void {
  test('output comes with stream and time, the last unfinished line too, and ends with the replica', async () => {
    const { deployment } = current()
    const { replica, ask } = await deployment.start()
    await ask('/exit?code=0')
    const { lines } = await readLogs({ ...deployment.logs(replica.id), follow: true })
    const first = lines.find(line => line.text.toString().startsWith('stub: listening'))
    expect(first?.stream).toBe('stdout')
    expect(Math.abs(Date.now() - (first?.timeMs ?? 0))).toBeLessThan(60_000)
    expect(lines.at(-1)).toMatchObject({ stream: 'stderr' })
    expect(lines.at(-1)?.text.toString()).toBe('last words without a newline')
  })

  test('a follower gets lines as they are written, and stops when told', async () => {
    const { deployment } = current()
    const { replica, ask } = await deployment.start()
    const stop = new AbortController()
    const following = readLogs({
      ...deployment.logs(replica.id),
      follow: true,
      signal: stop.signal,
      onLine: text => text.startsWith('line 4') && stop.abort(),
    })
    for (let i = 0; i < 5; i++) {
      await ask('/log?lines=1')
      await sleep(30)
    }
    expect((await following).texts.filter(isNumbered)).toHaveLength(5)
  })

  test('readers that are killed and resume by position get every line once, over a restart as well', async () => {
    const { deployment } = current()
    const { replica, ask } = await deployment.start()
    const writing = (async () => {
      for (let i = 0; i < 40; i++) await ask('/log?lines=250&pad=100')
      await ask('/exit?code=1')
    })()
    const texts: string[] = []
    let since: string | null = null
    for (let round = 0; round < 200; round++) {
      const part = await readLogs({
        provider: round % 2 ? deployment.provider : deployment.another(),
        ref: deployment.logs(replica.id).ref,
        since,
        follow: true,
        // Given up after a few pieces, as by a collector that dies.
        maxChunks: 1 + (round % 3),
      })
      texts.push(...part.texts)
      since = part.position ?? since
      if (part.hasEnded) break
    }
    await writing
    await deployment.reach(deployment.target({ ...replica, attempt: 2 }), replica.id, 'running', 2)
    const rest = await readLogs({ ...deployment.logs(replica.id), since })
    const numbers = texts.filter(isNumbered).map(text => Number(text.split(' ')[1]))
    expect(numbers).toEqual(Array.from({ length: 10_000 }, (_, i) => i))
    expect(rest.texts.filter(text => text.startsWith('stub: listening'))).toHaveLength(1)
  })
}
