import { appendFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MERGED_UUID } from '@/lib/server/db/schema/request-rollups'
import { Delta, type DeltaLine, emptyLine } from './delta'
import { PendingMinutes } from './pending-minutes'
import { readSpool, Spool, spoolFiles } from './spool'

const MINUTE = 60_000
const ENDPOINT = '00000000-0000-4000-8000-00000000000e'
const OWNER = { processId: 'gateway-test-1', host: 'test', pid: 1, startTime: 'x' }

let folder: string
const spools: Spool[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-spool-'))
})
afterEach(async () => {
  for (const spool of spools.splice(0)) await spool.end()
  await rm(folder, { recursive: true, force: true })
})

/** The state of one endpoint's window: so many requests. */
const lineOf = (windowMs: number, requests: number): DeltaLine => ({
  ...emptyLine(),
  rollups: [
    {
      windowMs,
      endpointId: ENDPOINT,
      revision: 0,
      replicaId: MERGED_UUID,
      status: 0,
      requests,
      statusCounts: { 200: requests },
      bytesIn: 0,
      bytesOut: 0,
      tokensIn: 0,
      tokensOut: 0,
      total: null,
      ttfb: null,
      wait: null,
      inFlightMax: 0,
      inFlightMean: 0,
      waitingMax: 0,
      waitingMean: 0,
      recordsKept: 0,
      gapPossible: 0,
    },
  ],
})
const collected = (minute: number, requests: number, isClosed = false) => [
  { minuteMs: minute * MINUTE, line: lineOf(minute * MINUTE, requests), isClosed },
]
const countsOf = (line: DeltaLine) => line.rollups.map(row => row.requests)
const silent = pino({ level: 'silent' })
const setup = (where = folder) => {
  const spool = new Spool(where, OWNER)
  spools.push(spool)
  return { spool, pending: new PendingMinutes(spool, silent) }
}
const refuse = async () => {
  throw new Error('the database is down')
}

describe('a spool file', () => {
  it('gives back the newest state of each row', async () => {
    const { spool } = setup()
    for (const requests of [1, 5, 9]) await spool.append(0, lineOf(0, requests))
    const [file] = await spoolFiles(folder)
    const content = await readSpool(file?.path ?? '')
    expect(content).toMatchObject({ owner: OWNER, endedCleanly: false, unreadableLines: 0 })
    expect(countsOf(content?.delta.toLine() ?? emptyLine())).toEqual([9])
    await spool.end()
    expect((await readSpool(file?.path ?? ''))?.endedCleanly).toBe(true)
  })

  it('survives lines that were cut off, at its end and within', async () => {
    const { spool } = setup()
    await spool.append(0, lineOf(0, 4))
    const [file] = await spoolFiles(folder)
    await appendFile(file?.path ?? '', JSON.stringify(lineOf(0, 7)).slice(0, 80))
    await spool.append(0, lineOf(10_000, 2))
    await appendFile(file?.path ?? '', '{"rollups":[{')
    const content = await readSpool(file?.path ?? '')
    expect(countsOf(content?.delta.toLine() ?? emptyLine())).toEqual([4, 2])
    expect(content?.unreadableLines).toBe(2)
  })

  it('whose first line is not whole says so', async () => {
    await writeFile(join(folder, 'spool-0-gateway-x.jsonl'), '{"spool":1,"proc')
    expect(await readSpool(join(folder, 'spool-0-gateway-x.jsonl'))).toBeNull()
  })
})

describe('minutes on their way', () => {
  it('are said again whole after the database refused, and removed once written', async () => {
    const { pending } = setup()
    pending.add(collected(0, 3))
    await pending.spoolAll()
    await expect(pending.writeAll(refuse)).rejects.toThrow('down')
    pending.add(collected(0, 8, true))
    await pending.spoolAll()
    const written: number[][] = []
    await pending.writeAll(async line => void written.push(countsOf(line)))
    expect(written).toEqual([[8]])
    expect(await readdir(folder)).toEqual([])
    expect(pending.has(0)).toBe(false)
  })

  it('leave memory when they are safe on disk, and stay on disk', async () => {
    const { pending } = setup()
    for (let minute = 0; minute < 10; minute++) {
      pending.add(collected(minute, minute + 1, true))
      await pending.spoolAll()
      await pending.writeAll(refuse).catch(() => {})
      await pending.forget(minute * MINUTE)
    }
    expect(pending.has(0)).toBe(false)
    expect(pending.has(9 * MINUTE)).toBe(true)
    const all = new Delta()
    for (const { path } of await spoolFiles(folder)) {
      const content = await readSpool(path)
      if (content) all.fold(content.delta.toLine())
    }
    expect(countsOf(all.toLine())).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(pending.lostRequests).toBe(0)
  })

  it('are kept while the disk refuses, then the newest are given up and counted', async () => {
    const notAFolder = join(folder, 'file')
    await writeFile(notAFolder, '')
    const { pending } = setup(notAFolder)
    for (let minute = 0; minute < 16; minute++) {
      pending.add(collected(minute, 1, true))
      await pending.spoolAll()
      await pending.forget(minute * MINUTE)
    }
    // Minutes 0 to 9 are held, 13 to 15 are too new to decide about.
    expect(pending.lostRequests).toBe(3)
    const written: number[][] = []
    await pending.writeAll(async line => void written.push(countsOf(line)))
    expect(written).toHaveLength(13)
  })

  it('lose nothing to a disk that was full for a while', async () => {
    const { pending } = setup()
    // Writing there fails as on a full disk.
    await rm(folder, { recursive: true })
    await writeFile(folder, '')
    pending.add(collected(0, 5))
    await pending.spoolAll()
    await rm(folder)
    pending.add(collected(0, 6))
    await pending.spoolAll()
    const [file] = await spoolFiles(folder)
    expect(countsOf((await readSpool(file?.path ?? ''))?.delta.toLine() ?? emptyLine())).toEqual([6])
  })
})
