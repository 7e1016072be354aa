import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isSameProcess } from '@/lib/server/process-identity'
import { ProviderError } from '../port'
import { createJsonFile, readJsonFile } from './atomic-file'
import {
  type OwnerFile,
  ownerFile,
  type ReplicaFile,
  replicaFile,
  type ShimFile,
  type StatusFile,
  shimFile,
  statusFile,
} from './replica-files'
import { type AttemptPaths, attemptFolder, type ReplicaPaths, replicaPaths } from './replica-paths'

export type StoredAttempt = { number: number; paths: AttemptPaths; file: ReplicaFile }
export type StoredReplica = { owner: OwnerFile; paths: ReplicaPaths; attempt: StoredAttempt | null }

const SAFE_ID = /^[\w-]{1,64}$/

export function pathsOfReplica(dataDir: string, replicaId: string): ReplicaPaths {
  // The id becomes a path; whatever is no plain name must not.
  if (!SAFE_ID.test(replicaId))
    throw new ProviderError('invalid_spec', 'A replica id has letters, digits, - and _.')
  return replicaPaths(join(dataDir, 'replicas', replicaId))
}

/** A replica as it lies on disk, with its newest attempt. */
export function readReplica(dataDir: string, replicaId: string): StoredReplica | null {
  const paths = pathsOfReplica(dataDir, replicaId)
  const owner = readJsonFile(paths.owner, ownerFile)
  return owner ? { owner, paths, attempt: newestAttempt(paths) } : null
}

export const listReplicas = (dataDir: string): StoredReplica[] =>
  namesIn(join(dataDir, 'replicas')).flatMap(name =>
    SAFE_ID.test(name) ? (readReplica(dataDir, name) ?? []) : [],
  )

export const listReplicasOf = (dataDir: string, endpointId: string): StoredReplica[] =>
  listReplicas(dataDir).filter(replica => replica.owner.endpointId === endpointId)

/** The replica's folder, made if it is not there. @throws ProviderError when it belongs to another endpoint. */
export function ensureReplica(dataDir: string, owner: OwnerFile): StoredReplica {
  const paths = pathsOfReplica(dataDir, owner.replicaId)
  mkdirSync(paths.attempts, { recursive: true, mode: 0o700 })
  // Here rather than by the shim, so that a reader can wait for its first file.
  mkdirSync(paths.logs, { recursive: true, mode: 0o700 })
  createJsonFile(paths.owner, owner)
  const stored = readReplica(dataDir, owner.replicaId)
  if (stored?.owner.endpointId !== owner.endpointId) {
    throw new ProviderError(
      'unexpected',
      `The folder of replica ${owner.replicaId} belongs to another endpoint.`,
    )
  }
  return stored
}

/** The attempt's description: of several callers the first one's stands, and all get that. */
export function ensureAttempt(replica: StoredReplica, file: ReplicaFile): StoredAttempt {
  const paths = attemptFolder(replica.paths, file.attempt)
  mkdirSync(paths.tmp, { recursive: true, mode: 0o700 })
  createJsonFile(paths.replica, file)
  const stands = readJsonFile(paths.replica, replicaFile)
  if (!stands)
    throw new ProviderError('unexpected', `${paths.replica} is damaged; delete the endpoint's replica.`)
  return { number: file.attempt, paths, file: stands }
}

function newestAttempt(paths: ReplicaPaths): StoredAttempt | null {
  for (const number of attemptNumbers(paths).reverse()) {
    const attempt = attemptFolder(paths, number)
    const file = readJsonFile(attempt.replica, replicaFile)
    if (file) return { number, paths: attempt, file }
  }
  return null
}

const attemptNumbers = (paths: ReplicaPaths): number[] =>
  namesIn(paths.attempts)
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b)

/** Drops attempts before this one: what they had to say has been observed. */
export function dropAttemptsBefore(replica: StoredReplica, number: number): void {
  for (const older of attemptNumbers(replica.paths).filter(candidate => candidate < number)) {
    rmSync(attemptFolder(replica.paths, older).folder, { recursive: true, force: true })
  }
}

/**
 * Where an attempt stands. `starting`: no shim has claimed it yet. `held`: its shim runs. `ended`: its shim is done
 * (`status` says how it went) or dead (no status; the replica itself may be left over).
 */
export type AttemptPhase =
  | { phase: 'starting' }
  | { phase: 'held'; shim: ShimFile }
  | { phase: 'ended'; shim: ShimFile | null; status: StatusFile | null }

export function phaseOf({ paths, file }: StoredAttempt): AttemptPhase {
  // The shim before the status: between the two it may have ended, and then its status is there.
  const shim = readJsonFile(paths.shim, shimFile)
  const isHeld = shim !== null && shim.nonce === file.nonce && isSameProcess(shim)
  const status = readJsonFile(paths.status, statusFile)
  if (status !== null && status.nonce === file.nonce) return { phase: 'ended', shim, status }
  if (shim === null) return { phase: 'starting' }
  return isHeld ? { phase: 'held', shim } : { phase: 'ended', shim, status: null }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
