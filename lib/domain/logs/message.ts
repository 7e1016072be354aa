import type { WireBatch } from './batch'

/**
 * What a read or tail of a log carries, one JSON text per line (NDJSON) between programs, one Server-Sent Event
 * each to browsers. Batches are by far the most and have no `type`, so they can be forwarded unread.
 */
export type LogMessage =
  | WireBatch
  /** These numbers are no longer kept: retention has passed over them. */
  | { type: 'gap'; first: number; last: number }
  /** How far a search has come, and when it ended. */
  | { type: 'progress'; atSeq: number; atMs: number | null; matches: number; done: boolean }
  /** Nothing more will come: the endpoint is deleted and everything it wrote has been sent. */
  | { type: 'end' }
  | { type: 'error'; message: string }

export const isBatch = (message: LogMessage): message is WireBatch => !('type' in message)

/**
 * Parses a message of our own programs. Shape is checked by hand: this runs for every line shown, where a schema
 * library costs more than everything else together.
 * @throws Error when the text is not such a message.
 */
export function parseMessage(json: string): LogMessage {
  const value: unknown = JSON.parse(json)
  if (typeof value !== 'object' || value === null) throw new Error('Not a log message.')
  if ('type' in value && typeof value.type === 'string') return value as LogMessage
  if ('first' in value && 'heads' in value && 'texts' in value && Array.isArray(value.texts))
    return value as WireBatch
  throw new Error('Not a log message.')
}
