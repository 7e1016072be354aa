import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { findReplicaProcesses, killReplicaProcesses } from './replica-processes'
import { listReplicas, phaseOf, type StoredAttempt } from './replica-store'
import { killLeftovers, stopAttempt } from './stop'

const POLL_MS = 100

type Options = {
  dataDir: string
  /** Aborted by a second Ctrl-C: no more waiting, SIGKILL. */
  force?: AbortSignal
  onProgress?: (running: number) => void
}

/**
 * Stops every replica on this machine, for the end of Slipway itself. What is wanted does not change: an attempt
 * that ran until now is forgotten, so that the next `apply` starts it again as if it had never run. No controller
 * may be working on this data directory meanwhile.
 */
export async function stopAllReplicas({ dataDir, force, onProgress }: Options): Promise<void> {
  let running = listReplicas(dataDir).flatMap(({ attempt }) =>
    attempt && isRunning(attempt) ? [attempt] : [],
  )
  while (running.length > 0) {
    onProgress?.(running.length)
    running = running.filter(attempt => {
      const isGone = force?.aborted ? killAttempt(attempt) : stopAttempt(attempt)
      if (isGone) rmSync(attempt.paths.folder, { recursive: true, force: true })
      return !isGone
    })
    await sleep(POLL_MS)
  }
}

function isRunning(attempt: StoredAttempt): boolean {
  const { phase } = phaseOf(attempt)
  return phase === 'held' || (phase === 'starting' && findReplicaProcesses(attempt.file.nonce).length > 0)
}

function killAttempt(attempt: StoredAttempt): boolean {
  const now = phaseOf(attempt)
  return now.phase === 'starting'
    ? killReplicaProcesses(attempt.file.nonce)
    : killLeftovers(attempt, now.shim)
}
