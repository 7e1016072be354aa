import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { now } from './clock'

/**
 * The writer of every measurement: `write-lines.mjs <from> <count> [lines per second]` numbers its lines and, where
 * it is paced, stamps them with its clock. Without a rate it writes as fast as its output takes them.
 */
const [, , from = '1', count = '0', perSecond] = process.argv
const first = Number(from)
const end = first + Number(count)
const CHUNK_LINES = 1_000
const TICK_MS = 2
/** What is searched for: rare, and as rare everywhere. */
const RARE_EVERY = 50_000
const RARE = ' Cache evicted'

/** The form uvicorn writes, so that level and time are looked for as in life. */
const lineOf = (number: number, stamp: string): string =>
  `INFO:     127.0.0.1:51234 - "POST /generate HTTP/1.1" 200 OK n=${number}${stamp}${number % RARE_EVERY === 0 ? RARE : ''}\n`

function write(text: string): void {
  const bytes = Buffer.from(text)
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(1, bytes, done)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
    }
  }
}

function writeFast(): void {
  write(lineOf(first, ` at=${now()}`))
  for (let at = first + 1; at < end; at += CHUNK_LINES) {
    let text = ''
    for (let number = at; number < Math.min(at + CHUNK_LINES, end); number += 1) text += lineOf(number, '')
    write(text)
  }
}

async function writePaced(rate: number): Promise<void> {
  const startMs = now()
  for (let next = first; next < end; ) {
    const due = Math.min(end, first + Math.floor(((now() - startMs) / 1000) * rate))
    let text = ''
    for (; next < due; next += 1) text += lineOf(next, ` at=${now()}`)
    if (text !== '') write(text)
    await sleep(TICK_MS)
  }
}

if (perSecond === undefined) writeFast()
else await writePaced(Number(perSecond))
