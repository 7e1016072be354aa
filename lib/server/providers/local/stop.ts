import { existsSync, rmSync } from 'node:fs'
import { z } from 'zod'
import { isSameProcess } from '@/lib/server/process-identity'
import { createJsonFile, readJsonFile } from './atomic-file'
import type { ShimFile } from './replica-files'
import { findReplicaProcesses, killReplicaProcesses } from './replica-processes'
import { phaseOf, type StoredAttempt, type StoredReplica } from './replica-store'

/** A shim that has not ended this long after its own SIGKILL was due is itself stuck. */
const OVERDUE_MS = 15_000

const stopFile = z.object({ atMs: z.number() })

/** Takes the next step towards this attempt's end; true when no process of it is left. */
export function stopAttempt(attempt: StoredAttempt): boolean {
  // Written first: a shim that is only starting reads it and never starts the replica.
  createJsonFile(attempt.paths.stop, { atMs: Date.now() })
  const now = phaseOf(attempt)
  if (now.phase === 'starting') return findReplicaProcesses(attempt.file.nonce).length === 0
  if (now.phase === 'ended') return now.status !== null || killLeftovers(attempt, now.shim)
  if (isOverdue(attempt)) killLeftovers(attempt, now.shim)
  else signal(now.shim.pid, 'SIGTERM')
  return false
}

export const isStopping = (attempt: StoredAttempt): boolean => existsSync(attempt.paths.stop)

/** SIGKILL for whatever an attempt without a shim left behind; true when there was nothing. */
export function killLeftovers({ file }: StoredAttempt, shim: ShimFile | null): boolean {
  // It may have overwritten the environment it is found by; its group is known from the shim.
  const child = shim?.child && isSameProcess(shim.child) ? shim.child : null
  if (child) signal(-child.pid, 'SIGKILL')
  return killReplicaProcesses(file.nonce) && child === null
}

/** Stops a replica that is not wanted any more, and drops its folder once its output is stored elsewhere. */
export function stopReplica({ paths, attempt }: StoredReplica): void {
  const isGone = attempt === null || stopAttempt(attempt)
  if (isGone && existsSync(paths.released)) rmSync(paths.folder, { recursive: true, force: true })
}

function isOverdue({ paths, file }: StoredAttempt): boolean {
  const stop = readJsonFile(paths.stop, stopFile)
  return stop !== null && Date.now() > stop.atMs + file.stopGraceSeconds * 1000 + OVERDUE_MS
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It ended between the look and the signal.
  }
}
