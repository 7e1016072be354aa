import { linesOf } from '@/lib/domain/logs/batch'
import type { LogLine, NewLogLines } from '@/lib/domain/logs/line'
import { isBatch, type LogMessage, parseMessage } from '@/lib/domain/logs/message'

export const REPLICA_A = '00000000-0000-4000-8000-00000000000a'
export const REPLICA_B = '00000000-0000-4000-8000-00000000000b'

export const newLine = (text: string, more: Partial<Omit<NewLogLines, 'texts'>> = {}): NewLogLines => ({
  timeMs: 1_700_000_000_000,
  stream: 'stdout',
  level: 'info',
  requestId: null,
  texts: [text],
  ...more,
})

/** Lines "line 1" … "line count", a millisecond apart. */
export const numbered = (count: number, from = 1): NewLogLines[] =>
  Array.from({ length: count }, (_, index) =>
    newLine(`line ${from + index}`, { timeMs: 1_700_000_000_000 + from + index }),
  )

export async function collect(
  source: AsyncIterable<Buffer>,
): Promise<{ lines: LogLine[]; others: LogMessage[] }> {
  const lines: LogLine[] = []
  const others: LogMessage[] = []
  for await (const bytes of source) {
    const message = parseMessage(bytes.toString('utf8'))
    if (isBatch(message)) lines.push(...linesOf(message))
    else others.push(message)
  }
  return { lines, others }
}
