import type { AppError } from '@/lib/domain/result'
import type { LineWindow } from './line-window'

/**
 * What the reader is told at all times. `live`: new lines appear. `paused`: they are counted and held. `history`:
 * the window does not reach the newest line. `reconnecting`: the stream broke and is opened again. `ended`: no
 * line will come any more.
 */
export type Connection =
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'paused' }
  | { kind: 'history' }
  | { kind: 'reconnecting'; message: string }
  | { kind: 'ended'; message: string }

export type Snapshot = {
  window: LineWindow
  connection: Connection
  /** Lines that came while paused and are not shown yet; `many` when there are more than the browser holds. */
  newLines: { count: number; many: boolean }
  /** The line that was asked for, or the first of the time that was: to be brought into view. */
  startSeq: number | null
  /** Why it was not opened at the time that was asked for; the end is shown instead. */
  startError: AppError | null
  /** The first lines are on their way. */
  isOpening: boolean
  older: Reading
  newer: Reading
}

/** One side of the window being read on: how far the search has come, and whether that side is exhausted. */
export type Reading = {
  isReading: boolean
  isExhausted: boolean
  atMs: number | null
  /** Why it was not read on when last tried: the expression does not compile, the controller is down. */
  error: AppError | null
}

export const IDLE: Reading = { isReading: false, isExhausted: false, atMs: null, error: null }
