import { isNull } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { hardwareRollups } from '@/lib/server/db/schema/hardware-rollups'
import { replicas } from '@/lib/server/db/schema/replicas'
import { testDataDir } from '@/lib/testing/data-dir'
import { FaultProxy } from '@/lib/testing/fault-proxy'
import { hubSpec } from '@/lib/testing/hub-spec'
import { isNumbered, readLogs } from '@/lib/testing/provider-logs'
import { startServingSlipway } from '@/lib/testing/serving-slipway'
import { PATIENCE, reach, removeWhole, wishOf } from '@/lib/testing/wished-endpoint'
import { createHuggingfaceProvider } from './provider'

testDataDir()
process.env.SLIPWAY_ALLOWED_PRIVATE_HOSTS = '127.0.0.1'

/** No look comes by time alone while anybody waits for one. */
const NEVER_MS = 600_000

describe('what is written and measured at Hugging Face, here a second Slipway', () => {
  let elsewhere: Awaited<ReturnType<typeof startServingSlipway>>
  let faults: FaultProxy
  let token: string
  beforeAll(async () => {
    elsewhere = await startServingSlipway()
    faults = await new FaultProxy(elsewhere.url).start()
    token = await elsewhere.token('write')
  }, 120_000)
  afterEach(() => faults.reset())
  afterAll(async () => {
    await faults?.stop()
    await elsewhere?.stop()
  })

  const another = (logPollMs: number) =>
    createHuggingfaceProvider(
      {
        namespace: elsewhere.team.slug,
        token,
        apiUrl: faults.url,
        hubUrl: faults.url,
        portalId: 'contract',
        allowedHosts: ['127.0.0.1'],
      },
      { retryMs: 5, logPollMs, timeoutMs: 5_000 },
    )

  test('lines are heard by their stream of events, and read by time where that is refused', async () => {
    const provider = another(NEVER_MS)
    const wish = wishOf(hubSpec({}))
    const { replicas, address } = await reach(provider, wish, 'running')
    const [replica] = replicas
    if (!replica) throw new Error('no replica')
    const ref = { ...wish, replicaId: replica.id, replicaName: replica.name }
    const write = () => fetch(`${address}/log?lines=5`, { headers: { authorization: `Bearer ${token}` } })
    /** How many of the stub's lines a reader has that stays until the stub has written. */
    const readWhileWritten = async (logPollMs: number, count: number) => {
      const leaving = new AbortController()
      const read: string[] = []
      const onLine = (text: string) => {
        if (isNumbered(text)) read.push(text)
      }
      const options = { provider: another(logPollMs), ref, follow: true, signal: leaving.signal, onLine }
      const reading = readLogs(options)
      // The lines of its start: the first look is over.
      await expect
        .poll(() => faults.calls.filter(call => call.endsWith('/logs')).length, PATIENCE)
        .not.toBe(0)
      await write()
      await expect.poll(() => read.length, PATIENCE).toBe(count)
      leaving.abort()
      await reading
    }
    await readWhileWritten(NEVER_MS, 5)
    expect(faults.calls.some(call => call.endsWith('/logs/sse'))).toBe(true)
    faults.reset()
    faults.fate = ({ path }) => (path.includes('/logs/sse') ? { status: 404, error: 'none' } : 'pass')
    await readWhileWritten(50, 10)
    await removeWhole(provider, wish)
  }, 120_000)

  test('memory is drawn in the unit that their OpenMetrics say, and not where they are refused', async () => {
    const provider = another(NEVER_MS)
    const wish = wishOf(hubSpec({}))
    await reach(provider, wish, 'running')
    const nowMs = Date.now()
    const [replica] = await elsewhere.db.select().from(replicas).where(isNull(replicas.stoppedAt))
    if (!replica) throw new Error('no replica')
    const used = { cpuMin: 0, cpuMean: 0, cpuMax: 0, memoryMin: 5e6, memoryMean: 5e6, memoryMax: 5e6 }
    await elsewhere.db.insert(hardwareRollups).values({
      resolution: 10,
      windowStart: new Date(Math.floor(nowMs / 10_000) * 10_000),
      endpointId: replica.endpointId,
      replicaId: replica.id,
      samples: 1,
      ...used,
    })
    const memory = async () => {
      const window = { fromMs: nowMs - 600_000, toMs: nowMs + 600_000, stepSeconds: 10 }
      return (await provider.metrics?.(wish, window))?.find(({ title }) => title === 'Memory')
    }
    const found = await memory()
    expect(found?.unit).toBe('bytes')
    const values = found?.series.flatMap(({ points }) => points.map(({ value }) => value))
    expect(values).toContain(5e6)
    faults.fate = ({ path }) => (path.endsWith('/open-metrics') ? { status: 403, error: 'beta' } : 'pass')
    expect(await memory()).toBeUndefined()
    faults.reset()
    await removeWhole(provider, wish)
  }, 120_000)
})
