import { type FSWatcher, watch } from 'node:fs'
import type { LogChunk, LogReading } from '../port'
import { parseLogPosition } from './log-format'
import { LogReader } from './log-reader'
import { phaseOf, readReplica } from './replica-store'

/** Where watching does not work (some network file systems), lines come this much later. */
const POLL_MS = 500

type Options = { dataDir: string; endpointId: string; replicaId: string }

/** What a replica wrote from a position on, until it has stopped and all is read. */
export async function* followLogs(
  { dataDir, endpointId, replicaId }: Options,
  { since, follow, signal }: LogReading,
): AsyncIterable<LogChunk> {
  const replica = readReplica(dataDir, replicaId)
  if (replica?.owner.endpointId !== endpointId) return
  const reader = new LogReader(replica.paths.logs, parseLogPosition(since))
  const changes = new Changes(replica.paths.logs)
  try {
    // Known before the read that finds nothing more: only then is there nothing more.
    let end: End | null = null
    while (!signal.aborted) {
      const chunk = await reader.read()
      if (chunk) yield chunk
      else if (end) return yield* lastChunk(reader, end)
      else end = endOf(dataDir, replicaId)
      if (chunk || end) continue
      if (!follow) return
      await changes.wait(signal)
    }
  } finally {
    changes.close()
    await reader.close()
  }
}

/** How many lines it wrote in all, where it could still say. */
type End = { totalLines: number | null }

function endOf(dataDir: string, replicaId: string): End | null {
  const attempt = readReplica(dataDir, replicaId)?.attempt
  if (!attempt) return { totalLines: null }
  const now = phaseOf(attempt)
  return now.phase === 'ended' ? { totalLines: now.status?.logLines ?? null } : null
}

function* lastChunk(reader: LogReader, { totalLines }: End): Iterable<LogChunk> {
  const chunk = totalLines === null ? null : reader.finish(totalLines)
  if (chunk) yield chunk
}

/** Waits for something to change in a folder; a change while nobody waits is not forgotten. */
class Changes {
  readonly #watcher: FSWatcher | null
  #changed = false
  #wake: (() => void) | null = null

  constructor(folder: string) {
    const onChange = () => {
      this.#changed = true
      this.#wake?.()
    }
    try {
      this.#watcher = watch(folder, { persistent: false }, onChange)
      this.#watcher.on('error', () => this.#watcher?.close())
    } catch {
      this.#watcher = null
    }
  }

  wait(signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        this.#wake = null
        this.#changed = false
        resolve()
      }
      const timer = setTimeout(done, POLL_MS)
      signal.addEventListener('abort', done)
      this.#wake = done
      if (this.#changed || signal.aborted) done()
    })
  }

  close(): void {
    this.#watcher?.close()
  }
}
