import type { Logger } from 'pino'

type Stop = (how: { keepsReplicas: boolean }) => Promise<void>

/**
 * SIGTERM and SIGINT stop this machine's replicas and then the controller; SIGHUP ends the controller alone, for
 * a newer one to take over. A second signal does not wait.
 */
export function onStopSignal(stop: Stop, logger: Logger): void {
  let isStopping = false
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(1)
      isStopping = true
      stop({ keepsReplicas: signal === 'SIGHUP' })
        .then(() => process.exit(0))
        .catch((error: unknown) => {
          logger.error({ err: error }, 'the stop was not orderly')
          process.exit(1)
        })
    })
  }
}
