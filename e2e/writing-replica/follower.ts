import { setTimeout as sleep } from 'node:timers/promises'
import { linesOf } from '@/lib/domain/logs/batch'
import type { LogLine } from '@/lib/domain/logs/line'
import { readStream } from './read-stream'
import type { World } from './world'

/** A reader that is cut off, pauses, reads slowly, and comes back behind the last line it has. */
export class Follower {
  readonly lines: LogLine[] = []
  private lastSeq = 0

  constructor(private readonly world: World) {}

  /** Until it has a line that `isLast`, or `signal`. */
  async follow(isLast: (line: LogLine) => boolean, signal: AbortSignal): Promise<void> {
    let isDone = false
    while (!isDone && !signal.aborted) {
      const cutAtMs = Date.now() + 300 + Math.random() * 2_500
      const pauseMs = Math.random() < 0.3 ? Math.random() * 80 : 0
      const take = async (lines: LogLine[]): Promise<boolean> => {
        this.lines.push(...lines)
        isDone ||= lines.some(isLast)
        await sleep(pauseMs)
        return !isDone && !signal.aborted && Date.now() < cutAtMs
      }
      await readStream(this.world, this.lastSeq, batch => {
        this.lastSeq = batch.last
        return take(linesOf(batch))
      }).catch(() => {
        // The portal or the controller is being killed: that is what this is for.
      })
      await sleep(Math.random() * 300)
    }
  }
}
