import { join } from 'node:path'

/**
 * Everything a replica leaves on disk, below `<SLIPWAY_DATA_DIR>/replicas/<replicaId>/`. Provider and shim talk
 * through these files alone, so either may be killed and started again. Shims outlive an upgrade of Slipway: add
 * fields as optional, and never change the meaning of one.
 */
export function replicaPaths(folder: string) {
  return {
    folder,
    owner: join(folder, 'owner.json'),
    attempts: join(folder, 'attempts'),
    logs: join(folder, 'logs'),
    /** There once its output is stored elsewhere. */
    released: join(folder, 'released'),
  }
}
export type ReplicaPaths = ReturnType<typeof replicaPaths>

/** One start of a replica. Never used twice, so creating `shim.json` in it is a claim that holds. */
export function attemptPaths(folder: string) {
  return {
    folder,
    replica: join(folder, 'replica.json'),
    shim: join(folder, 'shim.json'),
    status: join(folder, 'status.json'),
    usage: join(folder, 'usage.json'),
    stop: join(folder, 'stop.json'),
    port: join(folder, 'port'),
    /** Its TMPDIR: whatever a library puts down for a while goes with the attempt. */
    tmp: join(folder, 'tmp'),
    /** What the shim itself says when it cannot go on. */
    shimErrors: join(folder, 'shim-errors'),
  }
}
export type AttemptPaths = ReturnType<typeof attemptPaths>

export const attemptFolder = (replica: ReplicaPaths, attempt: number) =>
  attemptPaths(join(replica.attempts, String(attempt)))
