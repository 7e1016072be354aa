import { closeIntake, dropMarker, type IntakeState, intake } from '@/lib/domain/logs/intake'
import type { NewLogLines } from '@/lib/domain/logs/line'
import type { EndpointLog } from '@/lib/server/log-store/endpoint-log'
import type { LogChunk, Provider } from '@/lib/server/providers/port'
import { parseIntakeState } from './intake-state'

/** Pieces being written while the next is read; more would only be more to read again after a crash. */
const IN_FLIGHT = 4
/** A count of dropped lines that no line follows is said after this time. */
const SAY_DROPPED_MS = 1_000

type Copy = {
  log: EndpointLog
  provider: Provider
  replica: { id: string; name: string; revision: number; endpointId: string; endpointName: string }
  linesPerSecond: number
  redact: (text: string) => string
  onDropped: () => void
  onWritten: () => void
  signal: AbortSignal
}

/**
 * Copies what a replica wrote into the log from the stored position on. Resolves when the provider has no more, or
 * on abort; rejects with the provider's or the disk's error, after which it can be called again.
 */
export async function copyOutput({
  log,
  provider,
  replica,
  linesPerSecond,
  redact,
  onDropped,
  onWritten,
  signal,
}: Copy) {
  const stored = log.states[replica.id]
  const place = { position: stored?.position ?? null, state: parseIntakeState(stored?.carry) }
  const writes: Promise<void>[] = []
  // A write that fails ends the reading at once: what is read behind it could not be written either.
  const failing = new AbortController()
  const write = async (position: string, state: IntakeState, lines: readonly NewLogLines[]) => {
    const run = { replicaId: replica.id, revision: replica.revision, lines }
    const written = log.append(run, { position, carry: state }, place.position)
    written.then(onWritten, () => failing.abort())
    writes.push(written)
    place.position = position
    place.state = state
    if (writes.length > IN_FLIGHT) await writes.shift()
  }

  const { endpointId, endpointName } = replica
  const ref = { endpointId, endpointName, replicaId: replica.id, replicaName: replica.name }
  const output = provider.logs(ref, {
    since: place.position,
    follow: true,
    signal: AbortSignal.any([signal, failing.signal]),
  })
  let lastMs = Date.now()
  for await (const chunk of withPauses(output, () => place.state.dropped > 0)) {
    if (chunk === 'pause') {
      const { state, lines } = closeIntake(place.state, lastMs)
      if (place.position !== null) await write(place.position, state, lines)
      continue
    }
    const before = place.state.dropped
    const { state, lines } = intake(place.state, chunk.lines, linesPerSecond, redact)
    if (state.dropped > before) onDropped()
    lastMs = chunk.lines.at(-1)?.timeMs ?? lastMs
    await write(chunk.position, state, [...lostMarker(chunk), ...lines])
  }
  await Promise.all(writes.splice(0))
  const { state, lines } = closeIntake(place.state, lastMs)
  if (lines.length > 0 && place.position !== null) await write(place.position, state, lines)
  await Promise.all(writes)
}

/** Lines the provider could not keep until they were read have their place in the log too. */
function lostMarker({ lostLines, lines }: LogChunk): NewLogLines[] {
  if (lostLines === 0) return []
  const count = lostLines.toLocaleString('en-US')
  const text = `${count} ${lostLines === 1 ? 'line' : 'lines'} lost before being read`
  return [dropMarker(lostLines, lines[0]?.timeMs ?? Date.now(), lines[0]?.stream ?? 'stderr', text)]
}

/** The chunks, and a `pause` where none came for a while and `isWaiting` has something to say. */
async function* withPauses(
  output: AsyncIterable<LogChunk>,
  isWaiting: () => boolean,
): AsyncGenerator<LogChunk | 'pause'> {
  const iterator = output[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = iterator.next()
      let result: IteratorResult<LogChunk> | 'pause'
      do {
        result = isWaiting() ? await Promise.race([next, pause()]) : await next
        if (result === 'pause') yield result
      } while (result === 'pause')
      if (result.done) return
      yield result.value
    }
  } finally {
    await iterator.return?.()
  }
}

const pause = (): Promise<'pause'> =>
  new Promise(resolve => {
    setTimeout(() => resolve('pause'), SAY_DROPPED_MS).unref()
  })
