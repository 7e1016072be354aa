import { closeIntake, dropMarker, intake } from '@/lib/domain/logs/intake'
import type { NewLogLines } from '@/lib/domain/logs/line'
import type { EndpointLog } from '@/lib/server/log-store/endpoint-log'
import type { LogChunk, Provider } from '@/lib/server/providers/port'
import { namedRefOf } from '@/lib/server/services/endpoints/named-ref'
import type { CatchUp } from './catch-up'
import type { CollectedReplica } from './find-replicas'
import { LogCopy } from './log-copy'

/** A count of dropped lines that no line follows is said after this time. */
const SAY_DROPPED_MS = 1_000

type Copy = {
  log: EndpointLog
  provider: Provider
  replica: Pick<CollectedReplica, 'id' | 'name' | 'revision' | 'endpointId' | 'endpointName'> &
    Partial<Pick<CollectedReplica, 'providerName' | 'isReadOnly'>>
  linesPerSecond: number
  redact: (text: string) => string
  onDropped: () => void
  onWritten: () => void
  catchUp: CatchUp
  signal: AbortSignal
}

/**
 * Copies what a replica wrote into the log from the stored position on. Resolves when the provider has no more, or
 * on abort; rejects with the provider's or the disk's error, after which it can be called again.
 */
export async function copyOutput(copy: Copy): Promise<void> {
  const { provider, replica, linesPerSecond, redact, onDropped, catchUp, signal } = copy
  const into = new LogCopy(copy)
  const { id: replicaId, name: replicaName, endpointId: id, endpointName: name } = replica
  const { providerName = null, isReadOnly = false } = replica
  const ref = { ...namedRefOf({ id, name, providerName, isReadOnly }), replicaId, replicaName }
  const output = provider.logs(ref, {
    since: into.position,
    follow: true,
    signal: AbortSignal.any([signal, into.failing.signal]),
  })
  let lastMs = Date.now()
  catchUp.reading(replicaId)
  for await (const chunk of withPauses(output, () => into.state.dropped > 0)) {
    if (chunk === 'pause') {
      const { state, lines } = closeIntake(into.state, lastMs)
      await into.add(state, lines)
      continue
    }
    const { state, lines } = intake(into.state, chunk.lines, linesPerSecond, redact)
    if (state.dropped > into.state.dropped) onDropped()
    lastMs = chunk.lines.at(-1)?.timeMs ?? lastMs
    const lostLines = into.lose(chunk.lostLines)
    if (lostLines > 0) await into.takeWhole(chunk.position, state, [lostMarker(lostLines, chunk), ...lines])
    else if (!(await into.take(chunk.position, state, lines))) return into.settle()
  }
  await into.settle()
  const { state, lines } = closeIntake(into.state, lastMs)
  if (lines.length > 0) await into.add(state, lines)
  await into.settle()
}

/** Lines the provider could not keep until they were read have their place in the log too. */
function lostMarker(lostLines: number, { lines }: LogChunk): NewLogLines {
  const count = lostLines.toLocaleString('en-US')
  const text = `${count} ${lostLines === 1 ? 'line' : 'lines'} lost before being read`
  return dropMarker(lostLines, lines[0]?.timeMs ?? Date.now(), lines[0]?.stream ?? 'stderr', text)
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
