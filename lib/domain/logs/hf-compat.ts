import { z } from 'zod'
import { endpointRef } from '@/lib/domain/endpoint/inputs'
import { stripAnsi } from './ansi'
import { flag } from './filter-schema'
import type { LogLine } from './line'

const count = z.coerce.number().int().positive()
const lineMaxLength = count.optional()

const TAIL = 'Give a whole number of lines, at most 100000.'

/** `GET /v2/endpoint/{ns}/{name}/logs` and `/logs/sse`. */
export const hfFollowInput = endpointRef.extend({
  /** Id, or our name of it. */
  replica: z.string().max(64).optional(),
  follow: flag,
  /** How many of the newest lines to begin with. Absent: all that are kept, or the last 100 where it follows. */
  tail: z.coerce.number(TAIL).int(TAIL).min(0, TAIL).max(100_000, TAIL).optional(),
  line_max_length: lineMaxLength,
})

const instant = z.coerce
  .date('Give a time such as 2026-01-31T12:00:00Z.')
  .transform(date => date.getTime())
  .optional()

/** `GET /v3/endpoint/{ns}/{name}/logs`; `cursor` is ours, from the `Link` header. */
export const hfPageInput = endpointRef.extend({
  limit: count.max(5_000, 'At most 5000 lines at once.').default(1_000),
  order: z.enum(['asc', 'desc']).default('asc'),
  replica: z.string().max(64).optional(),
  since: instant,
  until: instant,
  line_max_length: lineMaxLength,
  cursor: z.coerce.number().int().nonnegative().optional(),
})

export type HfLogEntry = {
  timestamp: string
  line: string
  stream: LogLine['stream']
  replica_id: string
  level: string | null
}

const cut = (text: string, maxLength: number | undefined): string =>
  maxLength !== undefined && text.length > maxLength ? text.slice(0, maxLength) : text

export const toHfEntry = (line: LogLine, maxLength?: number): HfLogEntry => ({
  timestamp: new Date(line.timeMs).toISOString(),
  line: cut(line.text, maxLength),
  stream: line.stream,
  replica_id: line.replicaId,
  level: line.level,
})

/** A line for a terminal: its time, once, and its text, whose own colours and cursor moves are left out. */
export function toHfText(line: LogLine, maxLength?: number): string {
  const time = new Date(line.timeMs).toISOString()
  const text = cut(stripAnsi(line.text), maxLength)
  return text.startsWith(time) ? `${text}\n` : `${time} ${text}\n`
}
