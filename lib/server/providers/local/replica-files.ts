import { z } from 'zod'

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
