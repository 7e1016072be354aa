import { type LogMessage, parseMessage } from '@/lib/domain/logs/message'
import type { AppError } from '@/lib/domain/result'

/** A stream that did not begin: the portal's own words for why. */
export class StreamRefused extends Error {
  override readonly name = 'StreamRefused'
  constructor(readonly error: AppError) {
    super(error.message)
  }
}

/** Opens a stream of our own; anything but 200 is thrown as what the portal said. */
async function openStream(url: string, accept: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, { headers: { accept }, credentials: 'same-origin', signal })
  if (response.ok) return response
  const body: unknown = await response.json().catch(() => null)
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : null
  throw new StreamRefused(
    (error as AppError | null) ?? { code: 'internal', message: `The portal answered ${response.status}.` },
  )
}

async function* textLines(response: Response): AsyncGenerator<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) return
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const lines = (rest + value).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

/** Messages of a search: one JSON text per line; heartbeats are left out. */
export async function* readSearch(url: string, signal: AbortSignal): AsyncGenerator<LogMessage> {
  const response = await openStream(url, 'application/x-ndjson', signal)
  for await (const line of textLines(response)) if (line !== '') yield parseMessage(line)
}

/**
 * Messages of a Server-Sent Events stream. Not `EventSource`: that shows neither why a stream was refused nor that
 * the portal is still there. `open` comes once, before the first message; `alive` with every sign of life.
 */
export async function* readEvents(
  url: string,
  signal: AbortSignal,
): AsyncGenerator<LogMessage | 'open' | 'alive'> {
  const response = await openStream(url, 'text/event-stream', signal)
  yield 'open'
  for await (const line of textLines(response)) {
    if (line.startsWith('data: ')) yield parseMessage(line.slice(6))
    else if (line.startsWith(':')) yield 'alive'
  }
}
