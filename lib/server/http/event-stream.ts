import { ok, type Result } from '@/lib/domain/result'
import { database } from '@/lib/server/db/client'
import type { Following, StreamItem } from '@/lib/server/services/logs/follow-logs'
import { actorFromRequest } from './request-actor'

/** Proxies that buffer (nginx) must not; `no-transform` keeps others from compressing what must leave at once. */
const EVENT_STREAM_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
}

/** A comment: shows proxies and readers that the stream stands. */
const HEARTBEAT_EVENT = ': still here\n\n'

const EVENT_END = Buffer.from('\n\n')

function formatEvent(item: StreamItem): string | Buffer {
  if (item === 'heartbeat') return HEARTBEAT_EVENT
  const head = item.id === null ? 'data: ' : `id: ${item.id}\ndata: `
  return Buffer.concat([Buffer.from(head), item.json, EVENT_END])
}

type Open<Item> = (following: Following) => Promise<Result<AsyncIterable<Item>>>
/** Null is nothing to send. */
type Format<Item> = (item: Item) => string | Buffer | null

/** Items as Server-Sent Events. A refusal comes before the first byte. */
export const eventResponse = <Item>(
  request: Request,
  open: Open<Item>,
  toEvent: (item: Item) => StreamItem,
) => streamResponse(request, open, item => formatEvent(toEvent(item)), EVENT_STREAM_HEADERS)

/** Items one after another, for as long as the reader stays and may read. A refusal comes before the first byte. */
export async function streamResponse<Item>(
  request: Request,
  open: Open<Item>,
  format: Format<Item>,
  headers: Record<string, string>,
): Promise<Result<never> | Response> {
  const leaving = leavingOf(request)
  const items = await open(followingOf(request, leaving.signal))
  if (!items.ok) return items
  return new Response(
    pulledBody(formatted(items.data, format), () => leaving.abort()),
    { headers },
  )
}

async function* formatted<Item>(items: AsyncIterable<Item>, format: Format<Item>) {
  for await (const item of items) {
    const text = format(item)
    if (text !== null) yield text
  }
}

/**
 * A response body that is pulled: the next item is taken only when the reader has room, and the generator is
 * finished when the reader leaves.
 */
function pulledBody(
  items: AsyncGenerator<string | Uint8Array>,
  leave: () => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await items.next()
        if (next.done) controller.close()
        else controller.enqueue(typeof next.value === 'string' ? encoder.encode(next.value) : next.value)
      },
      async cancel() {
        leave()
        await items.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}

/** The signal of a stream: given up when the client is gone, whichever way that becomes known. */
export function leavingOf(request: Request): AbortController {
  const leaving = new AbortController()
  request.signal.addEventListener('abort', () => leaving.abort(), { once: true })
  return leaving
}

/** A stream's reader is asked for again and again who they are: a revoked session or token ends it. */
const followingOf = (request: Request, signal: AbortSignal): Following => ({
  signal,
  reauthenticate: async () => {
    const actor = await actorFromRequest(request)
    return actor.ok ? ok({ db: database(), actor: actor.data }) : actor
  },
})

/** The number behind which a reader that was cut off goes on. */
export function lastEventId(request: Request): number | undefined {
  const id = request.headers.get('last-event-id')
  return id !== null && /^\d{1,15}$/.test(id) ? Number(id) : undefined
}
