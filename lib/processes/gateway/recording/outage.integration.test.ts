import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runRollups } from '@/lib/server/services/analytics/run-rollups'
import { testDatabase } from '@/lib/testing/database'
import { recordedStatuses } from '@/lib/testing/gateway'
import { newOwner } from './owner'
import { PendingMinutes } from './pending-minutes'
import { Recorder } from './recorder'
import { replaySpools } from './replay'
import { Spool, spoolFiles } from './spool'
import { writeDelta } from './write-delta'

const test = testDatabase()
const MINUTES = 14
const silent = pino({ level: 'silent' })

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-outage-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** The flusher's second, its clock wound on by hand: the same parts, without waiting for 14 minutes. */
async function outage(endpointId: string, startMs: number, isDown: (minute: number) => boolean) {
  let nowMs = startMs
  const self = newOwner()
  const recorder = new Recorder(0, { wallMs: () => nowMs, steadyMs: () => nowMs })
  const spool = new Spool(folder, self)
  const pending = new PendingMinutes(spool, silent)
  const isPending = (minuteMs: number) => pending.has(minuteMs)
  const sent: Record<string, number> = {}
  const tick = async (minute: number) => {
    pending.add(recorder.collect())
    await pending.spoolAll()
    const write = isDown(minute)
      ? async () => {
          throw new Error('the database is down')
        }
      : (line: Parameters<typeof writeDelta>[2]) => writeDelta(test.db, self.processId, line)
    await pending.writeAll(write).catch(() => {})
    await pending.forget(nowMs)
  }
  for (let second = 0; second < MINUTES * 60; second++) {
    const status = second % 7 === 0 ? 500 : 200
    const activity = recorder.enter(endpointId, nowMs)
    recorder.leave(activity, requestAt(endpointId, nowMs, status), nowMs)
    sent[status] = (sent[status] ?? 0) + 1
    nowMs += 1_000
    // Every fifth is enough to change nothing but the time this takes.
    if (second % 5 === 4) await tick(Math.floor(second / 60))
  }
  return { sent, pending, spool, isPending, self }
}

const requestAt = (endpointId: string, at: number, status: number) => ({
  endpointId,
  at,
  requestId: randomUUID(),
  method: 'POST',
  path: '/',
  status,
  revision: 1,
  replicaId: '11111111-1111-4111-8111-111111111111',
  tokenId: null,
  bytesIn: 1,
  bytesOut: 1,
  tokensIn: null,
  tokensOut: null,
  waitUs: 1,
  ttfbUs: 10,
  totalUs: 20,
  error: null,
})

describe('a database that is down for more than ten minutes', () => {
  it('loses nothing, keeps little in memory, and is made up for by one replay or two', async () => {
    const endpointId = randomUUID()
    const startMs = Math.floor(Date.now() / 60_000) * 60_000 - 60 * 60_000
    const { sent, pending, isPending, self } = await outage(
      endpointId,
      startMs,
      minute => minute > 0 && minute < 13,
    )
    expect(pending.lostRequests).toBe(0)
    expect(isPending(startMs + 5 * 60_000)).toBe(false)
    expect(await recordedStatuses(test.db, endpointId)).not.toEqual(sent)
    const replay = () => replaySpools({ folder, db: test.db, logger: silent, self, isPending })
    await replay()
    expect(await recordedStatuses(test.db, endpointId)).toEqual(sent)
    // Only what is still being written is left on disk.
    expect((await spoolFiles(folder)).filter(file => !isPending(file.minuteMs))).toEqual([])
    await replay()
    await runRollups(test.db, new Date())
    const { rows } = await test.db.$client.query(
      `select resolution, sum(requests)::int as requests from request_rollups
       where endpoint_id = $1 and revision = 0 group by 1 order by 1`,
      [endpointId],
    )
    const total = MINUTES * 60
    expect(rows.slice(0, 3)).toEqual([10, 60, 300].map(resolution => ({ resolution, requests: total })))
  })
})
