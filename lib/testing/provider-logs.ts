import type { LogRef, Provider, RawLogLine } from '@/lib/server/providers/port'

type Options = {
  provider: Provider
  ref: LogRef
  since?: string | null
  follow?: boolean
  signal?: AbortSignal
  /** Leaves after so many pieces. */
  maxChunks?: number
  onLine?: (text: string) => void
}

/** Reads a replica's output as a collector does. */
export async function readLogs({
  provider,
  ref,
  since = null,
  follow = false,
  signal = AbortSignal.timeout(60_000),
  maxChunks = Number.POSITIVE_INFINITY,
  onLine,
}: Options) {
  const lines: RawLogLine[] = []
  let position: string | null = null
  let lostLines = 0
  let chunks = 0
  let hasEnded = true
  for await (const chunk of provider.logs(ref, { since, follow, signal })) {
    const own = chunk.lines.flatMap(each)
    lines.push(...own)
    lostLines += chunk.lostLines
    position = chunk.position
    for (const line of own) onLine?.(line.text.toString())
    if (++chunks >= maxChunks) {
      hasEnded = false
      break
    }
  }
  return { lines, texts: lines.map(line => line.text.toString()), position, lostLines, hasEnded }
}

const each = ({ text, ...line }: RawLogLine): RawLogLine[] =>
  text
    .toString()
    .split('\n')
    .map(one => ({ ...line, text: one }))

/** A line the stub numbered. */
export const isNumbered = (text: string): boolean => /^line \d+ /.test(text)
