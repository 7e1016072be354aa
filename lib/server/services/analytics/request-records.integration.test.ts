import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { RecordFilter } from '@/lib/domain/analytics/inputs'
import { ensurePartitions } from '@/lib/server/db/partitions'
import { requestRecords } from '@/lib/server/db/schema/request-records'
import { testDatabase } from '@/lib/testing/database'
import { insertTraffic } from '@/lib/testing/rollup-rows'
import { requestRecordsOf } from './request-records'

const test = testDatabase()
const DAY_MS = 86_400_000
const SECOND_MS = 1_000
const nowMs = Date.UTC(2031, 4, 20, 12)
const window = { fromMs: nowMs - DAY_MS, toMs: nowMs }
const NEWEST: RecordFilter = { sort: 'newest' }

/** An endpoint with a request in every one of these seconds before now, and records of those that are kept. */
async function makeRequests(agoSeconds: readonly number[], isKept: (ago: number) => boolean = () => true) {
  await ensurePartitions(test.db, new Date(window.fromMs))
  await ensurePartitions(test.db, new Date(nowMs))
  const endpointId = randomUUID()
  const base = { endpointId, revision: 1, replicaId: null, bytesIn: 1, bytesOut: 1 }
  await insertTraffic(
    test.db,
    agoSeconds.map(ago => ({
      endpointId,
      windowMs: Math.floor((nowMs - ago * SECOND_MS) / 10_000) * 10_000,
      processId: `gateway-${ago}`,
      revision: 1,
      replicaId: randomUUID(),
      status: 200,
      durationsUs: [1_000],
    })),
  )
  const kept = agoSeconds.filter(isKept).map(ago => ({
    ...base,
    at: new Date(nowMs - ago * SECOND_MS),
    requestId: `request-${ago}`,
    ...{ method: 'POST', path: '/', weight: 1, reason: 'all' as const, waitUs: 0 },
    status: ago % 10 === 0 ? 503 : 200,
    totalUs: ago * 1_000,
  }))
  if (kept.length > 0) await test.db.insert(requestRecords).values(kept)
  return (filter: RecordFilter) => requestRecordsOf(test.db, endpointId, window, filter, nowMs)
}

const oneToHundredAndTwenty = Array.from({ length: 120 }, (_, index) => index + 1)
const idsOf = ({ records }: { records: { requestId: string }[] }) => records.map(record => record.requestId)
const named = (agos: readonly number[]) => agos.map(ago => `request-${ago}`)

describe('the records of a window', () => {
  it('come page by page, newest first, each once', async () => {
    const read = await makeRequests(oneToHundredAndTwenty)
    const seen: string[] = []
    let before: string | undefined
    for (let pages = 0; pages < 3; pages++) {
      const page = await read({ ...NEWEST, ...(before ? { before } : {}) })
      expect(page).toMatchObject({ seen: 120, kept: 120, keptSince: null })
      seen.push(...idsOf(page))
      before = page.nextCursor ?? undefined
    }
    expect(before).toBeUndefined()
    expect(seen).toEqual(named(oneToHundredAndTwenty))
  })

  it('are the slowest, those of a class, or those that took long', async () => {
    const read = await makeRequests(oneToHundredAndTwenty)
    const slowest = await read({ sort: 'slowest' })
    expect(idsOf(slowest)).toEqual(named(oneToHundredAndTwenty.slice(70).reverse()))
    expect(slowest.nextCursor).toBeNull()
    const failed = oneToHundredAndTwenty.filter(ago => ago % 10 === 0)
    expect(idsOf(await read({ ...NEWEST, status: '5xx' }))).toEqual(named(failed))
    expect(idsOf(await read({ ...NEWEST, status: 503, minMs: 100 }))).toEqual(named([100, 110, 120]))
  })

  it('say since when there are any, where the window reaches back further', async () => {
    const agos = [10, 20, 3_600, 7_200, 36_000]
    const read = await makeRequests(agos, ago => ago < 5_000)
    expect(await read(NEWEST)).toMatchObject({
      seen: 5,
      kept: 3,
      keptSince: new Date(nowMs - 3_600 * SECOND_MS).toISOString(),
    })
    const readNone = await makeRequests(agos, () => false)
    expect(await readNone(NEWEST)).toMatchObject({ seen: 5, kept: 0, keptSince: null, records: [] })
  })
})
