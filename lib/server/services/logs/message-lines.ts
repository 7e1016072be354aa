import type { Readable } from 'node:stream'

/** The lines of an NDJSON stream as they come; an empty one is a heartbeat. Ends quietly when the reader leaves. */
export async function* messageLines(body: Readable, signal: AbortSignal): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for await (const chunk of body) {
      const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    body.destroy()
  }
}
