import type { Readable } from 'node:stream'

const NEWLINE = 10

/**
 * The lines of an NDJSON stream as they come, without their newlines; an empty one is a heartbeat. Bytes, because most
 * readers pass them on unread. Ends quietly when the reader leaves.
 */
export async function* messageLines(body: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  try {
    for await (const piece of body) {
      const chunk = piece as Buffer
      let from = 0
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
        const rest = chunk.subarray(from, end)
        yield held.length === 0 ? rest : Buffer.concat([...held, rest])
        held = []
        from = end + 1
      }
      if (from < chunk.length) held.push(chunk.subarray(from))
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    body.destroy()
  }
}
