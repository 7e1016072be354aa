import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { logFileName, parseLogPosition } from '@/lib/server/providers/local/log-format'
import { LogReader } from '@/lib/server/providers/local/log-reader'
import { LineEncoder } from './line-encoder'
import { LogWriter } from './log-writer'

// What the shim writes, read by what the provider reads it with.
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-logs-'))
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true, force: true })
})

const writer = (options: { fileBytes?: number; files?: number } = {}) =>
  new LogWriter({ folder, fileBytes: 1000, files: 1000, ...options })

function write(to: LogWriter, from: number, count: number) {
  for (let i = from; i < from + count; i++) {
    to.write(new LineEncoder('stdout').push(Buffer.from(`line ${i}\n`), 1_700_000_000_000 + i))
  }
}

async function read(since: string | null = null, maxChunks = Number.POSITIVE_INFINITY) {
  const reader = new LogReader(folder, parseLogPosition(since))
  const numbers: number[] = []
  let position = since
  let lost = 0
  for (let chunk = await reader.read(), i = 0; chunk && i < maxChunks; chunk = await reader.read(), i++) {
    const texts = chunk.lines.flatMap(line => line.text.toString().split('\n'))
    numbers.push(...texts.map(text => Number(text.split(' ')[1])))
    position = chunk.position
    lost += chunk.lostLines
    if (i + 1 >= maxChunks) break
  }
  await reader.close()
  return { numbers, position, lost }
}

const range = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i)

test('a reader goes on exactly across rotation, from wherever it stopped', async () => {
  const to = writer()
  write(to, 0, 500)
  expect(readdirSync(folder).length).toBeGreaterThan(5)
  const numbers: number[] = []
  let position: string | null = null
  for (let round = 0; round < 100; round++) {
    const part = await read(position, 1)
    numbers.push(...part.numbers)
    position = part.position
  }
  expect(numbers).toEqual(range(0, 500))
  write(to, 500, 10)
  expect(await read(position)).toMatchObject({ numbers: range(500, 10), lost: 0 })
})

test('a new writer goes on with the numbers of the one before', async () => {
  const first = writer()
  write(first, 0, 7)
  first.close()
  const second = writer()
  expect(second.lines).toBe(7)
  write(second, 7, 3)
  expect(second.lines).toBe(10)
  expect(await read()).toMatchObject({ numbers: range(0, 10), lost: 0 })
})

test('what rotation took is counted, for a reader in the middle and for one at the start', async () => {
  const to = writer({ fileBytes: 200, files: 2 })
  write(to, 0, 5)
  const { position } = await read()
  write(to, 5, 95)
  const late = await read(position)
  expect(late.lost).toBe(95 - late.numbers.length)
  expect(late.lost).toBeGreaterThan(0)
  expect(late.numbers).toEqual(range(100 - late.numbers.length, late.numbers.length))
  const fresh = await read()
  expect(fresh.lost + fresh.numbers.length).toBe(100)
})

test('an unfinished line is left until it is whole', async () => {
  write(writer(), 0, 2)
  const path = join(folder, logFileName(1))
  appendFileSync(path, '1700000000002 o li')
  const first = await read()
  expect(first.numbers).toEqual([0, 1])
  appendFileSync(path, 'ne 2\n')
  expect((await read(first.position)).numbers).toEqual([2])
})

test('a line torn by a power cut is counted as lost, and nothing after it is', async () => {
  const first = writer()
  write(first, 0, 2)
  first.close()
  appendFileSync(join(folder, logFileName(1)), '1700000000002 o li')
  write(writer(), 3, 2)
  expect(await read()).toMatchObject({ numbers: [0, 1, 3, 4], lost: 1 })
})

test('a file that never got its header, on a full disk, stops neither writer nor reader', async () => {
  const first = writer()
  write(first, 0, 3)
  first.close()
  writeFileSync(join(folder, logFileName(2)), '#slip')
  const second = writer()
  expect(second.lines).toBe(3)
  write(second, 3, 3)
  expect(await read()).toMatchObject({ numbers: range(0, 6), lost: 0 })
})

test('lines that cannot be written are counted, and writing goes on when it can', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const to = writer({ fileBytes: 1 })
  write(to, 0, 3)
  const { position } = await read()
  rmSync(folder, { recursive: true })
  write(to, 3, 4)
  mkdirSync(folder)
  // Not tried again at once.
  write(to, 7, 1)
  vi.advanceTimersByTime(1500)
  write(to, 8, 2)
  expect(to.lines).toBe(10)
  expect(await read(position)).toMatchObject({ numbers: [8, 9], lost: 5 })
})

test('lines lost at the very end are told at the end', async () => {
  write(writer(), 0, 3)
  const reader = new LogReader(folder, null)
  await reader.read()
  expect(reader.finish(3)).toBeNull()
  expect(reader.finish(8)).toMatchObject({ lines: [], lostLines: 5 })
  await reader.close()
})
