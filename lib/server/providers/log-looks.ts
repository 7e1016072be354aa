import { setTimeout as sleep } from 'node:timers/promises'
import type { LogReading } from './port'

/** A log that is asked for again and again. */
export type LookedAt = {
  /** Whether it may still be written to. */
  isLiving: () => Promise<boolean>
  pollMs: number
  /** Instead of `pollMs`, where something tells when to look. Ends with the signal. */
  pause?: (signal: AbortSignal) => Promise<void>
}

/** One look after another, until what it reads `isOver`: nothing comes after that one, which is worked off whole. */
export async function* looksAt(
  { isLiving, pollMs, pause }: LookedAt,
  { follow, signal }: LogReading,
): AsyncGenerator<{ isOver: boolean }> {
  while (!signal.aborted) {
    // Asked before reading: then what is read is all there will be.
    const isOver = !follow || !(await isLiving())
    yield { isOver }
    if (isOver) return
    await (pause ? pause(signal) : sleep(pollMs, undefined, { signal }).catch(() => {}))
  }
}
