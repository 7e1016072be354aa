import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Pool } from 'undici'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Sketch } from '@/lib/domain/latency/sketch'
import { requestChartsOf } from '@/lib/server/services/analytics/request-charts'
import { makePerson, makeTeam, makeToken, type TestTeam } from '@/lib/testing/access'
import { testDatabase } from '@/lib/testing/database'
import { EchoReplica } from '@/lib/testing/echo-replica'
import { GatewayProcess, recordedStatuses } from '@/lib/testing/gateway'
import { insertServingEndpoint, type TestEndpoint } from '@/lib/testing/serving-endpoint'
import { TcpProxy } from '@/lib/testing/tcp-proxy'
import { readSpool, spoolFiles } from './recording/spool'

/** Much longer than anything takes, for machines that are busy with other tests. */
const SOON = { timeout: 20_000 }

const database = testDatabase()
let proxy: TcpProxy
let proxiedUrl: string
let replicas: EchoReplica[]
let team: TestTeam
let token: string
let tokenId: string
let endpoint: TestEndpoint
let gateway: GatewayProcess

beforeAll(async () => {
  const { db, url } = database
  const target = new URL(url)
  proxy = new TcpProxy(target.hostname, Number(target.port))
  target.port = String(await proxy.start())
  proxiedUrl = target.href
  replicas = [await new EchoReplica().start(), await new EchoReplica().start()]
  team = await makeTeam(db)
  const made = await makeToken(db, team, await makePerson(db, team), 'infer')
  token = made.text
  tokenId = made.tokenId
})
afterAll(async () => {
  await proxy?.cut()
  for (const replica of replicas ?? []) await replica.stop()
})
beforeEach(async () => {
  endpoint = await insertServingEndpoint(database.db, team, { replicas: replicas.map(each => each.address) })
  gateway = await new GatewayProcess(proxiedUrl).start()
})
afterEach(() => gateway.dispose())

/** Sends one request after another from several clients; returns how often each status came. */
async function stress(
  count: number,
  pathOf: (i: number) => string,
  clients = 8,
): Promise<Record<string, number>> {
  const pool = new Pool(gateway.url, { connections: clients })
  const sent: Record<string, number> = {}
  let next = 0
  const client = async () => {
    for (let i = next++; i < count; i = next++) {
      const response = await pool.request({
        path: `${endpoint.path}${pathOf(i)}`,
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: '{"inputs":"x"}',
      })
      await response.body.dump()
      sent[response.statusCode] = (sent[response.statusCode] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  await pool.close()
  return sent
}

const statuses = () => recordedStatuses(database.db, endpoint.id)
const query = async (text: string, values: unknown[] = [endpoint.id]) =>
  (await database.db.$client.query(text, values)).rows
const spoolFolder = () => join(gateway.dataDir, 'gateway')
const spoolNames = () => readdirSync(spoolFolder()).filter(name => name.startsWith('spool-'))
/** Requests that a gateway process has on disk. */
async function spooledRequests(processId: string): Promise<number> {
  let requests = 0
  for (const file of await spoolFiles(spoolFolder())) {
    if (file.processId !== processId) continue
    const rows = (await readSpool(file.path))?.delta.toLine().rollups ?? []
    for (const row of rows) if (row.status === 0) requests += row.requests
  }
  return requests
}
const mixed = (i: number) => (i % 10 === 0 ? '/status/404' : i % 25 === 1 ? '/status/500' : '/status/200')

describe('recording', () => {
  it('counts exactly what was sent, by status, replica and token', async () => {
    const sent = await stress(2_000, mixed, 16)
    await expect.poll(statuses, SOON).toEqual(sent)
    const [byToken] = await query(
      'select sum(requests)::int as n from token_rollups where endpoint_id = $1 and token_id = $2',
      [endpoint.id, tokenId],
    )
    expect(byToken?.n).toBe(2_000)
    const byReplica = await query(
      'select replica_id, sum(requests)::int as n from request_rollups where endpoint_id = $1 and status <> 0 group by replica_id',
    )
    expect(byReplica.map(row => row.replica_id).sort()).toEqual([...endpoint.replicaIds].sort())
    for (const row of byReplica) expect(row.n).toBeGreaterThan(800)
    // More than the cap: records are a sample whose weights stand for all but the capped errors' surplus.
    const [records] = await query(
      'select count(*)::int as n, sum(weight) as w from request_records where endpoint_id = $1',
    )
    expect(records?.n).toBeLessThan(2_000)
  })

  it('keeps every record below the cap, and percentiles within 1 % of theirs', async () => {
    await stress(150, i => (i % 3 === 0 ? `/wait/${20 + i}` : '/status/200'))
    await expect.poll(statuses, SOON).toEqual({ 200: 150 })
    const records = await query(
      'select total_us, ttfb_us, wait_us, bytes_in, bytes_out, method, path, token_id, weight, reason from request_records where endpoint_id = $1',
    )
    expect(records).toHaveLength(150)
    expect(records[0]).toMatchObject({
      method: 'POST',
      bytes_in: 14,
      token_id: tokenId,
      weight: 1,
      reason: 'all',
    })
    for (const column of ['total', 'ttfb', 'wait'] as const) {
      const merged = new Sketch()
      const rows = await query(
        `select ${column} as bytes from request_rollups where endpoint_id = $1 and status = 0`,
      )
      for (const { bytes } of rows) if (bytes) merged.mergeEncoded(bytes)
      const sorted = records.map(row => Number(row[`${column}_us`])).sort((a, b) => a - b)
      expect(merged.count).toBe(150)
      for (const q of [0.5, 0.9, 0.95, 0.99]) {
        const exact = sorted[Math.ceil(q * 150) - 1] ?? 0
        expect(Math.abs((merged.quantile(q) ?? 0) - exact)).toBeLessThanOrEqual(exact * 0.01)
      }
    }
  })

  it('shows requests in flight, and that draining replicas have none left', async () => {
    const waiting = stress(2, () => '/hold', 2)
    await expect
      .poll(() => query('select max(in_flight_max) as n from request_rollups where endpoint_id = $1'), SOON)
      .toEqual([{ n: 2 }])
    const [drained] = endpoint.replicaIds
    await query(`update replicas set state = 'draining', draining_at = now() where id = $1`, [drained])
    await query(`select pg_notify('slipway_endpoints', '')`, [])
    const inFlight = async () => {
      const [row] = await query(
        `select in_flight->>$1 as n from processes where kind = 'gateway' order by started_at desc limit 1`,
        [drained],
      )
      return row?.n
    }
    await expect.poll(inFlight, SOON).toBe('1')
    for (const replica of replicas) replica.release()
    await waiting
    await expect.poll(inFlight, SOON).toBe('0')
    replicas[0]?.received.splice(0)
    await stress(6, () => '/status/200')
    expect(replicas[0]?.received).toEqual([])
  })

  it('leaves nothing on disk or in the list of processes after a clean end', async () => {
    const sent = await stress(40, () => '/status/200')
    expect(await gateway.end('SIGTERM')).toBe(0)
    expect(await statuses()).toEqual(sent)
    expect(spoolNames()).toEqual([])
    const [gap] = await query('select max(gap_possible) as n from request_rollups where endpoint_id = $1')
    expect(gap?.n).toBe(0)
  })
})

describe('a gateway that is killed', () => {
  it('loses nothing a second old, counts nothing twice, and says that a gap is possible', async () => {
    const before = await stress(300, mixed)
    await expect.poll(statuses, SOON).toEqual(before)
    await gateway.end('SIGKILL')
    expect(spoolNames().length).toBeGreaterThan(0)
    await gateway.start()
    const after = await stress(200, () => '/status/200')
    const sum = { ...before, 200: (before[200] ?? 0) + (after[200] ?? 0) }
    await expect.poll(statuses, SOON).toEqual(sum)
    await expect
      .poll(
        () =>
          query(
            'select count(distinct process_id)::int as n from request_rollups where endpoint_id = $1 and gap_possible = 1',
          ),
        {
          timeout: 30_000,
        },
      )
      .toEqual([{ n: 2 }])
    expect(await statuses()).toEqual(sum)
    const nowMs = Date.now()
    const window = { fromMs: nowMs - 900_000, toMs: nowMs }
    const { gapsMs } = await requestChartsOf(database.db, endpoint.id, window, {}, nowMs)
    expect(gapsMs.length).toBeGreaterThan(0)
    expect(nowMs - Math.max(...gapsMs)).toBeLessThan(60_000)
    const [left] = await query(
      'select count(*)::int as n from processes where id in (select process_id from request_rollups where endpoint_id = $1)',
    )
    expect(left?.n).toBe(1)
  })

  it('in the middle of traffic loses at most what ended in its last two seconds', async () => {
    const ended: number[] = []
    const pool = new Pool(gateway.url, { connections: 4 })
    let isOn = true
    const client = async () => {
      while (isOn) {
        const headers = { authorization: `Bearer ${token}` }
        const request = { path: `${endpoint.path}/status/200`, method: 'POST', headers, body: '{}' } as const
        const answered = await pool.request(request).then(
          response => response.body.dump().then(() => true),
          () => false,
        )
        if (answered) ended.push(Date.now())
      }
    }
    const clients = Array.from({ length: 4 }, client)
    await expect.poll(() => (ended.at(-1) ?? 0) - (ended[0] ?? 0), SOON).toBeGreaterThan(5_000)
    const killedMs = Date.now()
    await gateway.end('SIGKILL')
    isOn = false
    await Promise.all(clients)
    await pool.destroy()
    await gateway.start()
    await expect.poll(() => spoolNames().length, { timeout: 30_000 }).toBeLessThanOrEqual(1)
    const counted = (await statuses())[200] ?? 0
    const safe = ended.filter(ms => ms < killedMs - 2_000).length
    expect(safe).toBeGreaterThan(100)
    expect(counted).toBeGreaterThanOrEqual(safe)
    // A request whose answer was cut off with the process is counted only if it was recorded.
    expect(counted).toBeLessThanOrEqual(ended.length + 4)
  })
})

describe('a full disk', () => {
  const isRoot = process.getuid?.() === 0
  // Without root nobody can mount; the pieces are tested on their own (pending-minutes.test.ts).
  it.runIf(isRoot)('fails no request, says so, and loses nothing once the database takes it', async () => {
    await gateway.end()
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32k', 'slipway-test', spoolFolder()])
    try {
      await gateway.start()
      await proxy.cut()
      const sent = await stress(1_500, mixed)
      expect(Object.keys(sent).sort()).toEqual(['200', '404', '500'])
      await expect.poll(() => gateway.output, SOON).toContain('measurements cannot be spooled to disk')
      expect(gateway.output).toContain('ENOSPC')
      const health = (await (await fetch(`${gateway.url}/healthz`)).json()) as Record<string, unknown>
      expect(health).toMatchObject({ status: 'ok', spool: 'failing', lostMeasurements: 0 })
      await proxy.start()
      await expect.poll(statuses, { timeout: 30_000 }).toEqual(sent)
    } finally {
      await proxy.start().catch(() => {})
      await gateway.end('SIGKILL')
      execFileSync('umount', [spoolFolder()])
    }
  })
})

describe('a database that is down', () => {
  it('costs no request and no measurement, also across a restart of the gateway', async () => {
    const sum: Record<string, number> = {}
    const add = (sent: Record<string, number>) => {
      for (const [status, count] of Object.entries(sent)) sum[status] = (sum[status] ?? 0) + count
    }
    add(await stress(100, mixed))
    await expect.poll(statuses, SOON).toEqual(sum)
    await proxy.cut()
    try {
      add(await stress(200, mixed))
      expect(await gateway.end('SIGTERM')).toBe(0)
      await gateway.start()
      const health = (await (await fetch(`${gateway.url}/healthz`)).json()) as Record<string, unknown>
      expect(health).toMatchObject({ status: 'ok', database: 'unreachable' })
      add(await stress(200, mixed))
      await expect.poll(() => spooledRequests(String(health.process)), SOON).toBe(200)
      await gateway.end('SIGKILL')
      await gateway.start()
      add(await stress(100, mixed))
      expect(await statuses()).not.toEqual(sum)
    } finally {
      await proxy.start()
    }
    await expect.poll(statuses, { timeout: 30_000 }).toEqual(sum)
    await expect.poll(() => spoolNames().length, { timeout: 30_000 }).toBeLessThanOrEqual(2)
  })
})
