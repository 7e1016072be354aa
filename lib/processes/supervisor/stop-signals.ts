import type { InstanceLock } from './instance-lock'
import { forceAll, type Running, stopAll } from './stop-all'
import { say } from './terminal'

/** npm hands a Ctrl-C on that the terminal has sent to us as well: one key press arrives twice. */
const SAME_PRESS_MS = 500

/** What shells say of a program that SIGINT ended. */
const FORCED_CODE = 130

/** Ctrl-C stops in order, a second one forces. */
export function onStopSignals(running: Running, lock: InstanceLock): void {
  let firstAt: number | null = null
  let forced = false

  async function stopInOrder(): Promise<void> {
    running.stopRequested.abort()
    await running.starting.catch(() => {})
    await stopAll(running)
  }

  async function leave(stop: () => Promise<void>, code: number): Promise<void> {
    await stop()
    // Force ends what an orderly stop waits for: that one is over then too, but it is not what happened.
    if (forced && code !== FORCED_CODE) return
    lock.release()
    process.exit(code)
  }

  function onSignal(): void {
    if (firstAt === null) {
      firstAt = Date.now()
      say('\nStopping; press Ctrl-C again to force.')
      void leave(stopInOrder, 0)
    } else if (!forced && Date.now() - firstAt > SAME_PRESS_MS) {
      forced = true
      say('\nForced.')
      void leave(() => forceAll(running), FORCED_CODE)
    }
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
}
