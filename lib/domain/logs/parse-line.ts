import { stripAnsi } from './ansi'
import { levelOf, levelOfText } from './level'
import type { LogLevel } from './line'
import { requestIdOfFields, requestIdOfText } from './request-id'
import { timeOfField, timeOfText } from './time'
import { unwrapped } from './wrapping'

export type LineFacts = { timeMs: number; level: LogLevel | null; requestId: string | null }

// Beyond this a JSON line is payload, not a log record; parsing it would cost more than it tells.
const MAX_JSON_LENGTH = 16_384

/** A line as its process wrote it: without colours, and without what a program of several puts before each one's. */
export const plainLine = (text: string): string => unwrapped(stripAnsi(text))

/**
 * What a plain line says about itself. Text is untrusted: whatever it holds, this neither throws nor takes long.
 * `mayNameRequest` is false where it is known that a text line names none.
 */
export function parseLine(plain: string, readAtMs: number, mayNameRequest = true): LineFacts {
  const fields = jsonFields(plain)
  if (fields) return factsOfFields(fields, readAtMs)
  return {
    timeMs: timeOfText(plain, readAtMs),
    level: levelOfText(plain),
    requestId: mayNameRequest ? requestIdOfText(plain) : null,
  }
}

/** The object a JSON line holds, or null. Also used by the viewer to unfold it. */
export function jsonFields(plain: string): Record<string, unknown> | null {
  if (!plain.startsWith('{') || plain.length > MAX_JSON_LENGTH || !plain.trimEnd().endsWith('}')) return null
  try {
    const value: unknown = JSON.parse(plain)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function factsOfFields(fields: Readonly<Record<string, unknown>>, readAtMs: number): LineFacts {
  const level =
    fields.level ??
    fields.levelname ??
    fields.severity ??
    fields.lvl ??
    fields['log.level'] ??
    // Elastic's `log: { level }`, and loguru's `record: { level: { name } }`.
    within(fields.log, 'level') ??
    within(within(fields.record, 'level'), 'name')
  const time = fields.time ?? fields.timestamp ?? fields.ts ?? fields['@timestamp']
  return {
    timeMs: timeOfField(time, readAtMs),
    level: levelOf(level),
    requestId: requestIdOfFields(fields),
  }
}

const within = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
