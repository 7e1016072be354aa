import type { ReplicaExit } from './rollout-types'

/** Why a process ended, as the rest of a sentence that begins with its name. */
export function describeExit(exit: ReplicaExit | null): string {
  if (!exit) return 'ended'
  if (exit.outOfMemory) return 'ran out of memory and was stopped'
  if (exit.signal) return `was killed by ${exit.signal}`
  if (exit.code === null) return 'disappeared without an exit status'
  if (exit.code === 0) return 'exited with code 0 although nobody asked it to stop'
  return `exited with code ${exit.code}`
}
