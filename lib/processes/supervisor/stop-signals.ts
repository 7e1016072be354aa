import type { InstanceLock } from './instance-lock'
import { forceAll, type Running, stopAll } from './stop-all'
import { say } from './terminal'

/** npm hands a Ctrl-C on that the terminal has sent to us as well: one key press arrives twice. */
const SAME_PRESS_MS = 500

/** Ctrl-C stops in order, a second one forces. */
export function onStopSignals(running: Running, lock: InstanceLock): { readonly isStopping: boolean } {
  let firstAt: number | null = null
  let forced = false

  async function leave(stop: (running: Running) => Promise<void>, code: number): Promise<void> {
    await stop(running)
    lock.release()
    process.exit(code)
  }

  function onSignal(): void {
    if (firstAt === null) {
      firstAt = Date.now()
      say('\nStopping; press Ctrl-C again to force.')
      void leave(stopAll, 0)
    } else if (!forced && Date.now() - firstAt > SAME_PRESS_MS) {
      forced = true
      say('\nForced.')
      void leave(forceAll, 130)
    }
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  return {
    get isStopping() {
      return firstAt !== null
    },
  }
}
