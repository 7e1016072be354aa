import { join } from 'node:path'
import { z } from 'zod'

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
    /** What the shim itself says when it cannot go on. */
    shimErrors: join(folder, 'shim-errors'),
  }
}
export type AttemptPaths = ReturnType<typeof attemptPaths>

export const attemptFolder = (replica: ReplicaPaths, attempt: number) =>
  attemptPaths(join(replica.attempts, String(attempt)))

const id = z.string().regex(/^[\w-]{1,64}$/)

/** Whose replica this is; written once. */
export const ownerFile = z.object({ endpointId: id, replicaId: id, name: z.string() })
export type OwnerFile = z.infer<typeof ownerFile>

/** What the shim is to run. The child's environment is the shim's own: secrets are never written to disk. */
export const replicaFile = z.object({
  replicaId: id,
  revision: z.number().int(),
  attempt: z.number().int(),
  /** Made for this attempt; whatever the shim writes carries it. */
  nonce: z.string(),
  command: z.string(),
  args: z.array(z.string()),
  cwd: z.string(),
  logFolder: z.string(),
  logFileBytes: z.number().int().positive(),
  logFiles: z.number().int().positive(),
  memoryLimitBytes: z.number().int().positive().nullable(),
  stopGraceSeconds: z.number().nonnegative(),
})
export type ReplicaFile = z.infer<typeof replicaFile>

/** The process that holds a replica, and the replica's own. Identities, never bare pids. */
export const shimFile = z.object({
  nonce: z.string(),
  pid: z.number().int().positive(),
  startTime: z.string(),
  child: z.object({ pid: z.number().int().positive(), startTime: z.string() }).nullable(),
  startedAt: z.string(),
})
export type ShimFile = z.infer<typeof shimFile>

/** How it ended. */
export const statusFile = z.object({
  nonce: z.string(),
  code: z.number().int().nullable(),
  signal: z.string().nullable(),
  outOfMemory: z.boolean(),
  /** It was told to stop. */
  requested: z.boolean(),
  /** Why it could not even be started. */
  error: z.string().nullable(),
  at: z.string(),
  /** Lines of output so far, over all attempts, those that could not be written included. */
  logLines: z.number().int(),
})
export type StatusFile = z.infer<typeof statusFile>

export const usageFile = z.object({
  nonce: z.string(),
  cpuSeconds: z.number().nonnegative(),
  memoryBytes: z.number().nonnegative(),
  at: z.string(),
})
export type UsageFile = z.infer<typeof usageFile>
