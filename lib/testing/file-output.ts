import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LogChunk, Provider } from '@/lib/server/providers/port'

const POLL_MS = 10
const READ_BYTES = 64 * 1024

/**
 * A provider whose replicas are files: what a test appends to `<replica>.out` is what the replica wrote, and
 * `<replica>.ended` says that it has stopped. The position is a byte offset, so any process can read on.
 */
export function fileOutputProvider(folder: string): Pick<Provider, 'kind' | 'logs' | 'releaseLogs'> {
  return {
    kind: 'local',
    logs: ({ replicaId }, { since, follow, signal }) => readOutput(folder, replicaId, since, follow, signal),
    releaseLogs: async () => {},
  }
}

async function* readOutput(
  folder: string,
  replicaId: string,
  since: string | null,
  follow: boolean,
  signal: AbortSignal,
): AsyncGenerator<LogChunk> {
  let offset = Number(since ?? 0)
  while (!signal.aborted) {
    const hadEnded = await exists(join(folder, `${replicaId}.ended`))
    const bytes = await readFrom(join(folder, `${replicaId}.out`), offset)
    const end = bytes.lastIndexOf(10) + 1
    if (end > 0) {
      offset += end
      const texts = splitLines(bytes.subarray(0, end))
      const lines = texts.map(text => ({ timeMs: Date.now(), stream: 'stdout' as const, text }))
      yield { position: String(offset), lines, lostLines: 0 }
    } else if (hadEnded || !follow) return
    else await sleep(POLL_MS)
  }
}

function splitLines(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = []
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from)
    lines.push(bytes.subarray(from, end))
    from = end + 1
  }
  return lines
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

async function readFrom(path: string, offset: number): Promise<Buffer> {
  const handle = await open(path).catch(() => null)
  if (!handle) return Buffer.alloc(0)
  try {
    const bytes = Buffer.allocUnsafe(READ_BYTES)
    const { bytesRead } = await handle.read(bytes, 0, READ_BYTES, offset)
    return bytes.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
