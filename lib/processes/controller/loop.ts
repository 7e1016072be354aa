export type Loop = {
  /** Runs the task now, or once more right after the run under way. */
  wake: () => void
  /** Resolves when the run under way has ended; none begins after it. */
  stop: () => Promise<void>
}

/** Repeats a task that says after how many milliseconds it wants to run again. Runs never overlap. */
export function startLoop(task: () => Promise<number>): Loop {
  let isStopped = false
  let isWoken = false
  let endPause = () => {}

  const pause = (ms: number) =>
    new Promise<void>(resolve => {
      const timer = setTimeout(resolve, ms)
      endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  async function run(): Promise<void> {
    while (!isStopped) {
      isWoken = false
      const pauseMs = await task()
      if (!isStopped && !isWoken) await pause(pauseMs)
    }
  }

  const ended = run()
  return {
    wake() {
      isWoken = true
      endPause()
    },
    async stop() {
      isStopped = true
      endPause()
      await ended
    },
  }
}
