import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { beforeAll, describe, expect, it } from 'vitest'
import { exportInput } from '@/lib/domain/analytics/inputs'
import { MAX_POINTS, resolveWindow } from '@/lib/domain/analytics/range'
import { hardwareRollups } from '@/lib/server/db/schema/hardware-rollups'
import { makePerson, makeTeam } from '@/lib/testing/access'
import { testDatabase } from '@/lib/testing/database'
import { type Cell, insertTraffic } from '@/lib/testing/rollup-rows'
import { insertServingEndpoint } from '@/lib/testing/serving-endpoint'
import { codeOf, expectOk } from '@/lib/testing/specs'
import { exportChart } from './export-chart'
import { requestChartsOf } from './request-charts'
import { runRollups } from './run-rollups'

const test = testDatabase()
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const nowMs = Date.UTC(2030, 4, 5, 12, 34, 56)
const replicaId = randomUUID()
const atMinute = (ago: number) => Math.floor((nowMs - (ago + 1) * MINUTE_MS) / 10_000) * 10_000

type World = {
  owner: Awaited<ReturnType<typeof makePerson>>
  endpointId: string
  ref: { team: string; endpoint: string }
}
let world: World

/** A request every minute of ten hours, another code now and then, and a replica's CPU. */
beforeAll(async () => {
  const team = await makeTeam(test.db)
  const owner = await makePerson(test.db, team)
  const endpoint = await insertServingEndpoint(test.db, team)
  const cells: Cell[] = Array.from({ length: 600 }, (_, minute) => ({
    endpointId: endpoint.id,
    windowMs: atMinute(minute),
    processId: 'gateway-1',
    revision: 1,
    replicaId,
    status: minute % 50 === 0 ? 503 : 200,
    durationsUs: [20_000 * (1 + (minute % 7))],
  }))
  await insertTraffic(test.db, cells)
  await test.db.insert(hardwareRollups).values(
    [1, 2, 3].map(minute => ({
      resolution: 10,
      windowStart: new Date(atMinute(minute)),
      endpointId: endpoint.id,
      replicaId,
      samples: 1,
      ...{ cpuMin: 0.5, cpuMean: 0.5, cpuMax: 0.5, memoryMin: 1, memoryMean: 2, memoryMax: 3 },
    })),
  )
  world = { owner, endpointId: endpoint.id, ref: { team: team.slug, endpoint: endpoint.name } }
})

const fileOf = async (asked: Record<string, string>) =>
  expectOk(await exportChart(world.owner.ctx, exportInput.parse({ ...world.ref, ...asked }), nowMs))
const sheetIn = async (asked: Record<string, string>) => sheetOf(await text((await fileOf(asked)).body))

type Sheet = { columns: string[]; times: number[]; values: string[][] }

function sheetOf(csv: string): Sheet {
  const [head = '', ...lines] = csv
    .replaceAll(/"(.*?), (.*?)"/g, '$1|$2')
    .trimEnd()
    .split('\r\n')
  const rows = lines.map(line => line.split(','))
  return {
    columns: head.split(',').slice(1),
    times: rows.map(([time = '']) => Date.parse(time)),
    values: rows.map(row => row.slice(1)),
  }
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

const sums = ({ columns, values }: Sheet) =>
  Object.fromEntries(
    columns.map((column, index) => [column, values.reduce((sum, row) => sum + Number(row[index]), 0)]),
  )

const steps = ({ times }: Sheet) => new Set(times.slice(1).map((time, index) => time - (times[index] ?? 0)))

const RANGES = {
  '1h': 10_000,
  '6h': 10_000,
  '24h': 10_000,
  '7d': MINUTE_MS,
  '30d': MINUTE_MS,
  '90d': HOUR_MS,
}

describe('a chart’s file', () => {
  it('has every kept window of its range and counts what the chart counts, before and after rollups', async () => {
    for (const rolledUp of [false, true]) {
      if (rolledUp) await runRollups(test.db, new Date(nowMs))
      for (const [range, stepMs] of Object.entries(RANGES)) {
        const input = exportInput.parse({ ...world.ref, chart: 'requests', range })
        const window = resolveWindow(input, nowMs)
        const chart = await requestChartsOf(test.db, world.endpointId, window, {}, nowMs)
        const sheet = await sheetIn({ chart: 'requests', by: 'code', range })
        expect([range, ...steps(sheet)]).toEqual([range, stepMs])
        expect(sheet.times[0]).toBe(chart.fromMs)
        const last = Math.floor(Math.min(nowMs, chart.toMs - 1) / stepMs) * stepMs
        expect(sheet.times.at(-1)).toBe(last)
        const counted = chart.statuses.map(({ status, counts }) => [status, sumOf(counts)])
        expect(sums(sheet)).toEqual(Object.fromEntries(counted))
      }
    }
  }, 60_000)

  it('comes in pieces as large as a drawn chart', async () => {
    const { body } = await fileOf({ chart: 'traffic', range: '24h' })
    const lines: number[] = []
    for await (const piece of body) lines.push(String(piece).split('\r\n').length - 1)
    expect(Math.max(...lines)).toBe(MAX_POINTS)
    expect(sumOf(lines)).toBeGreaterThan(24 * 360 - 30)
  })

  it('has percentiles of each window, and gaps where nobody asked', async () => {
    const sheet = await sheetIn({ chart: 'latency', range: '1h' })
    const held = sheet.values.filter(([p50]) => p50 !== '')
    expect(held).toHaveLength(59)
    for (const row of held) expect(new Set(row).size).toBe(1)
    expect(sheet.values.filter(row => row.join('') === '')).toHaveLength(sheet.values.length - 59)
  })

  it('keeps filters: of a replica, and of a token from minutes up', async () => {
    const asked = { chart: 'requests', range: '1h' }
    const ofReplica = await sheetIn({ ...asked, replica: replicaId })
    expect([...steps(ofReplica)]).toEqual([10_000])
    expect(sums(ofReplica)).toEqual({ '2xx success': 57, '5xx server error': 2 })
    expect((await sheetIn({ ...asked, replica: randomUUID() })).columns).toEqual([])
    expect([...steps(await sheetIn({ ...asked, token: randomUUID() }))]).toEqual([MINUTE_MS])
  })

  it('holds the period before and the whole heat map, and is JSON where that is asked for', async () => {
    const compared = sums(await sheetIn({ chart: 'requests', range: '1h', compare: 'true' }))
    const before = compared['All requests|period before'] ?? 0
    expect(before).toBeGreaterThanOrEqual(59)
    const heat = sums(await sheetIn({ chart: 'heat-map', range: '1h' }))
    expect(sumOf(Object.values(heat))).toBe(59)
    const cpu = await text((await fileOf({ chart: 'cpu', range: '1h', format: 'json' })).body)
    const { rows, ...head } = JSON.parse(cpu) as { rows: [string, number | null][] }
    expect(head).toMatchObject({
      title: 'CPU',
      unit: 'share',
      stepSeconds: 10,
      columns: ['time', expect.any(String)],
    })
    expect(rows.flatMap(([, value]) => value ?? [])).toEqual([0.5, 0.5, 0.5])
  })

  it('does not exist for another team', async () => {
    const stranger = await makePerson(test.db, await makeTeam(test.db))
    const input = exportInput.parse({ ...world.ref, chart: 'requests' })
    expect(codeOf(await exportChart(stranger.ctx, input))).toBe('not_found')
  })
})
