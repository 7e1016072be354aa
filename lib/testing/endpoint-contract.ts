import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import { type EndpointProvider, ProviderError, type ProviderErrorCode } from '@/lib/server/providers/port'
import { type Call, type Fate, type Faults, firstCalls } from './fault-proxy'
import { type Marks, marksFor } from './marks'
import { readLogs } from './provider-logs'
import { PATIENCE, reach, removeWhole, wishOf } from './wished-endpoint'

/** A place for a whole suite. Its replicas run the stub, whose routes make a real process log. */
export type EndpointSubject = {
  /** The provider as one more controller sees it: nothing in memory is shared between two of them. */
  another: () => EndpointProvider
  specWith: (env: Record<string, string>) => EndpointSpec
  /** Asks the replica behind an address, the way the gateway does; as `nobody` without credentials. */
  ask: (address: string | null, route: string, as?: 'nobody') => Promise<Response>
  /** Names of all that is there, by other means than the provider's. */
  names: () => Promise<string[]>
  countReplicas: () => Promise<number>
  /** Of each single resource that is there. */
  marks: () => Promise<Marks[]>
  /** Between the provider and the cloud. */
  faults: Faults
  dispose: () => Promise<void>
}

/** How a cloud's calls look, and how it refuses. */
export type Dialect = {
  isCreate: (call: Call) => boolean
  isDelete: (call: Call) => boolean
  /** Asks for another revision of what is there. */
  isUpdate: (call: Call) => boolean
  /** Nothing of endpoints is to be seen yet; the rest passes. */
  blind: (call: Call) => Fate
  slowDown: Fate
  down: Fate
  refusals: readonly (readonly [fate: Fate, code: ProviderErrorCode, sentence: RegExp])[]
  /** Asks for zero replicas; null where the provider has no such thing. */
  isScaleToZero: ((call: Call) => boolean) | null
  /** What its own charts are called; null where it has none. */
  metrics: { requests: { title: string; series: string }; timeTitle: string } | null
}

const POLLING = 90_000
/** A place may have to be installed first. */
const STARTING = 300_000

type Current = () => EndpointSubject

/** What every provider that rolls out by itself guarantees to the controller. */
export function endpointContract(dialect: Dialect, makeSubject: () => Promise<EndpointSubject>): void {
  let subject: EndpointSubject
  beforeAll(async () => {
    subject = await makeSubject()
  }, STARTING)
  afterEach(() => subject.faults.reset())
  afterAll(() => subject?.dispose())
  const current = () => subject

  describe('living', () => livingContract(dialect, current))
  if (dialect.metrics) metricsContract(dialect.metrics, current)
  if (dialect.isScaleToZero) scaleToZeroContract(dialect.isScaleToZero, current)
  describe('what goes wrong on the way', () => faultContract(dialect, current))
}

function livingContract({ isUpdate }: Dialect, current: Current): void {
  test('a deployable spec has no problems, and its instance type is in the catalogue', async () => {
    const { another, specWith } = current()
    const provider = another()
    const spec = specWith({})
    expect(await provider.check(spec)).toEqual([])
    const { instanceTypes, regions, builtin } = await provider.catalog()
    expect(builtin).toBeUndefined()
    expect(instanceTypes.map(type => type.id)).toContain(spec.hardware.instanceType)
    expect(regions.map(region => region.id)).toContain(spec.hardware.region)
    const elsewhere = { ...spec, hardware: { ...spec.hardware, instanceType: 'no-such' } }
    expect((await provider.check(elsewhere))[0]).toMatchObject({
      field: 'hardware.instanceType',
      message: expect.stringContaining('no-such'),
    })
  })

  test(
    'runs, is changed, pauses, resumes, and leaves nothing when it is removed',
    async () => {
      const subject = current()
      const provider = subject.another()
      const wish = wishOf(subject.specWith({ GREETING: 'one' }))
      expect(await provider.observe(wish)).toBeNull()
      const running = await reach(provider, wish, 'running')
      expect(running).toMatchObject({ revision: 1, readyReplicas: 1, targetReplicas: 1, errorMessage: null })
      expect(running.replicas).toMatchObject([{ state: 'running' }])
      expect(await greeting(subject, running.address)).toBe('one')
      const marked = await subject.marks()
      expect(marked).not.toEqual([])
      for (const marks of marked) expect(marks).toEqual(marksFor(wish))
      // Closed to everybody else, whatever our own level is.
      expect([401, 403]).toContain((await subject.ask(running.address, '/env', 'nobody')).status)
      expect((await subject.another().observe(wish))?.replicas).toEqual(running.replicas)

      const second = { ...wish, revision: 2, spec: subject.specWith({ GREETING: 'two' }) }
      // Done there, and the answer is lost.
      subject.faults.fate = firstCalls(1, isUpdate, 'lose')
      const changed = await reach(provider, second, 'running')
      expect(await subject.names()).toHaveLength(1)
      await expect.poll(() => greeting(subject, changed.address), PATIENCE).toBe('two')

      const paused = await reach(provider, { ...second, desired: 'paused' }, 'paused')
      expect(paused.readyReplicas).toBe(0)
      await expect.poll(() => subject.countReplicas(), PATIENCE).toBe(0)
      await reach(provider, second, 'running')

      await removeWhole(provider, second)
      expect(await provider.observe(second)).toBeNull()
      await expect.poll(() => subject.countReplicas(), PATIENCE).toBe(0)
      expect(await subject.names()).toEqual([])
      expect(await provider.remove(second)).toBe(true)
    },
    POLLING,
  )

  test(
    'its replicas’ lines come once each, with their time, also when reading is taken up again',
    async () => {
      const subject = current()
      const provider = subject.another()
      const wish = wishOf(subject.specWith({}))
      const { replicas, address } = await reach(provider, wish, 'running')
      const [replica] = replicas
      if (!replica) throw new Error('no replica')
      const ref = { ...wish, replicaId: replica.id, replicaName: replica.name }
      await subject.ask(address, '/log?lines=50')
      const numbered = (texts: string[]) => texts.filter(text => text.startsWith('line '))
      let first = await readLogs({ provider, ref })
      await expect
        .poll(async () => {
          first = await readLogs({ provider, ref })
          return numbered(first.texts).length
        }, PATIENCE)
        .toBe(50)
      expect(Math.abs(Date.now() - (first.lines[0]?.timeMs ?? 0))).toBeLessThan(60_000)
      await subject.ask(address, '/log?lines=25')
      const rest: string[] = []
      let since = first.position
      await expect
        .poll(async () => {
          const part = await readLogs({ provider: subject.another(), ref, since })
          rest.push(...part.texts)
          since = part.position ?? since
          return numbered(rest).length
        }, PATIENCE)
        .toBe(25)
      const numbers = numbered([...first.texts, ...rest]).map(text => Number(text.split(' ')[1]))
      expect(numbers).toEqual(Array.from({ length: 75 }, (_, index) => index))
      await removeWhole(provider, wish)
    },
    POLLING,
  )

  test('an endpoint that is not ours is neither taken for ours nor touched', async () => {
    const subject = current()
    const provider = subject.another()
    const wish = wishOf(subject.specWith({}))
    await provider.apply(wish)
    // The same name for another endpoint of ours: its tags say that it is somebody else's.
    const impostor = { ...wish, endpointId: `${wish.endpointId.slice(0, 8)}${randomUUID().slice(8)}` }
    await expect(provider.observe(impostor)).rejects.toMatchObject({ code: 'invalid_spec' })
    await expect(provider.remove(impostor)).rejects.toBeInstanceOf(ProviderError)
    expect(await subject.names()).toHaveLength(1)
    expect(await provider.endpointIds?.()).toEqual([wish.endpointId])
    await provider.halt(wish)
    expect((await provider.observe(wish))?.state).not.toBe('running')
    await removeWhole(provider, wish)
  })
}

function scaleToZeroContract(isScaleToZero: (call: Call) => boolean, current: Current): void {
  test('scaling to zero is asked of the provider itself', async () => {
    const subject = current()
    const provider = subject.another()
    const wish = wishOf(subject.specWith({}))
    await reach(provider, wish, 'running')
    // The place behind this suite has no scale to zero of its own: what was asked for is all that can be seen.
    let asked = 0
    subject.faults.fate = call => {
      if (!isScaleToZero(call)) return 'pass'
      asked++
      return { status: 200, error: '' }
    }
    await provider.apply({ ...wish, desired: 'scaledToZero' })
    expect(asked).toBe(1)
    await removeWhole(provider, wish)
  })
}

function metricsContract(named: NonNullable<Dialect['metrics']>, current: Current): void {
  test(
    'what it measured itself is read, each request of it',
    async () => {
      const subject = current()
      const provider = subject.another()
      const wish = wishOf(subject.specWith({}))
      const toMs = Date.now() + 3_600_000
      const metrics = async () =>
        (await provider.metrics?.(wish, { fromMs: toMs - 2 * 3_600_000, toMs, stepSeconds: 60 })) ?? []
      expect(provider.capabilities.nativeMetrics).toBe(true)
      expect(await metrics()).toEqual([])
      const { address } = await reach(provider, wish, 'running')
      for (let call = 0; call < 3; call++) await subject.ask(address, '/env')
      const answered = async () =>
        (await metrics())
          .find(({ title }) => title === named.requests.title)
          ?.series.find(({ name }) => name === named.requests.series)
          ?.points.reduce((sum, { value }) => sum + (value ?? 0), 0)
      await expect.poll(answered, PATIENCE).toBe(3)
      const time = (await metrics()).find(({ title }) => title === named.timeTitle)
      expect(time).toMatchObject({ unit: 'ms' })
      const values = time?.series.flatMap(({ points }) => points.map(({ value }) => value)) ?? []
      expect(values.some(value => value !== null && value > 0)).toBe(true)
      await removeWhole(provider, wish)
    },
    POLLING,
  )
}

const always = () => true

function faultContract(dialect: Dialect, current: Current): void {
  const { isCreate, isDelete } = dialect

  test('several controllers at once, and answers that get lost, create one', async () => {
    const subject = current()
    const wish = wishOf(subject.specWith({}))
    subject.faults.fate = firstCalls(3, isCreate, 'lose')
    const controllers = [subject.another(), subject.another(), subject.another()]
    await Promise.all(controllers.map(provider => provider.apply(wish).catch(() => {})))
    await Promise.all(controllers.map(provider => provider.apply(wish)))
    expect(await subject.names()).toHaveLength(1)
    await removeWhole(subject.another(), wish)
  })

  test('one that is not to be seen yet is not created again', async () => {
    const subject = current()
    const provider = subject.another()
    const wish = wishOf(subject.specWith({}))
    await provider.apply(wish)
    subject.faults.fate = dialect.blind
    expect(await provider.observe(wish)).toBeNull()
    await provider.apply(wish)
    subject.faults.reset()
    expect(await subject.names()).toHaveLength(1)
    await removeWhole(provider, wish)
  })

  test('throttling and passing failures are waited out', async () => {
    const subject = current()
    const provider = subject.another()
    const wish = wishOf(subject.specWith({}))
    subject.faults.fate = firstCalls(2, isCreate, dialect.slowDown)
    await provider.apply(wish)
    expect(await subject.names()).toHaveLength(1)
    subject.faults.fate = firstCalls(2, always, dialect.down)
    expect(await provider.observe(wish)).not.toBeNull()
    subject.faults.fate = firstCalls(2, isDelete, 'lose')
    await removeWhole(provider, wish)
    expect(await subject.names()).toEqual([])
  })

  test.each(dialect.refusals)('a refusal %o is a %s that says what to do', async (fate, code, sentence) => {
    const subject = current()
    const wish = wishOf(subject.specWith({}))
    subject.faults.fate = call => (isCreate(call) ? fate : 'pass')
    const refusal = await subject
      .another()
      .apply(wish)
      .catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(ProviderError)
    expect(refusal).toMatchObject({ code, message: expect.stringMatching(sentence) })
    expect(await subject.names()).toEqual([])
  })

  test('hardware that cannot be read is told from a dated table of our own, until it can', async () => {
    const { another, faults } = current()
    const provider = another()
    faults.fate = () => dialect.down
    const { builtin, instanceTypes } = await provider.catalog()
    expect(builtin?.asOf).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(builtin?.reason).toMatch(/answered 50\d/)
    expect(instanceTypes.length).toBeGreaterThan(20)
    faults.reset()
    expect((await provider.catalog()).builtin).toBeUndefined()
  })
}

async function greeting(subject: EndpointSubject, address: string | null): Promise<unknown> {
  const answer = await subject.ask(address, '/env')
  return answer.ok ? ((await answer.json()) as Record<string, unknown>).GREETING : answer.status
}
