import { readFileSync } from 'node:fs'
import type { ReplicaReport, ReplicaUsage } from '../port'
import { readJsonFile } from './atomic-file'
import { askHealth, type Health } from './health'
import { gigabytes } from './instance-types'
import { type StatusFile, shimFile, usageFile } from './replica-files'
import { phaseOf, type StoredAttempt, type StoredReplica } from './replica-store'
import { isStopping } from './stop'

/**
 * A replica that was ready may be too busy to answer in time; it is taken out only at this many silences in a
 * row. Kept per attempt, in memory: a new controller begins anew.
 */
const TOLERATED_SILENCES = 3
export type Silences = Map<string, number>

type Living = Pick<ReplicaReport, 'state' | 'message' | 'address'>

export async function reportReplica(
  { owner, attempt }: StoredReplica,
  silences: Silences,
): Promise<ReplicaReport | null> {
  if (!attempt) return null
  const common = { id: owner.replicaId, revision: attempt.file.revision, attempt: attempt.number }
  const now = phaseOf(attempt)
  if (now.phase === 'ended') {
    silences.delete(attempt.file.nonce)
    return { ...common, ...ended(attempt, now.status), address: null, usage: null }
  }
  const living = now.phase === 'starting' ? unclaimed(attempt) : await askLiving(attempt, silences)
  return { ...common, ...living, exit: null, usage: readUsage(attempt) }
}

function ended(
  attempt: StoredAttempt,
  status: StatusFile | null,
): Pick<ReplicaReport, 'state' | 'message' | 'exit'> {
  if (!status) {
    const message = `It ended without a report: its supervising process was killed or the machine restarted.${lastShimError(attempt)}`
    return {
      state: 'failed',
      message,
      exit: { code: null, signal: null, outOfMemory: false, at: lastSeen(attempt) },
    }
  }
  const { code, signal, outOfMemory, at } = status
  return {
    state: status.requested ? 'stopped' : 'failed',
    message: status.requested ? 'Stopped.' : describeEnd(status, attempt.file.memoryLimitBytes),
    exit: { code, signal, outOfMemory, at },
  }
}

function describeEnd(status: StatusFile, limitBytes: number | null): string {
  if (status.error !== null) return `It could not be started: ${status.error}.`
  if (status.outOfMemory) {
    const limit = limitBytes === null ? '' : ` of ${gigabytes(limitBytes)}`
    return `It ran out of memory: the instance's limit${limit} was reached. Choose a larger instance.`
  }
  return status.signal === null ? `It exited with code ${status.code}.` : `It was killed by ${status.signal}.`
}

function unclaimed(attempt: StoredAttempt): Living {
  return { state: 'pending', message: `Starting its process.${lastShimError(attempt)}`, address: null }
}

async function askLiving(attempt: StoredAttempt, silences: Silences): Promise<Living> {
  const address = readAddress(attempt)
  if (!address) return { state: 'initializing', message: 'Starting the model server.', address: null }
  const context = { nonce: attempt.file.nonce, isStopping: isStopping(attempt), silences }
  return { ...judgeHealth(await askHealth(address), context), address }
}

type HealthContext = { nonce: string; isStopping: boolean; silences: Silences }

/** What a health answer means for the state. Counts silences. */
export function judgeHealth(
  health: Health,
  { nonce, isStopping, silences }: HealthContext,
): Pick<Living, 'state' | 'message'> {
  switch (health.kind) {
    case 'ready':
      silences.set(nonce, 0)
      return { state: 'running', message: isStopping ? 'Stopping.' : 'Ready.' }
    case 'silent': {
      const before = silences.get(nonce)
      if (before === undefined) return { state: 'initializing', message: 'It does not answer yet.' }
      silences.set(nonce, before + 1)
      const isTolerated = before + 1 < TOLERATED_SILENCES
      return isTolerated
        ? { state: 'running', message: 'Busy: the health check got no answer.' }
        : { state: 'initializing', message: 'Its health check gets no answer.' }
    }
    case 'starting': {
      const percent = health.progress === null ? '' : `, ${Math.round(health.progress * 100)} %`
      const state = health.phase === 'downloading' ? 'downloading' : 'initializing'
      return { state, message: `${health.message}${percent}` }
    }
    case 'unwell':
      return { state: 'initializing', message: health.message }
    case 'closed':
      return { state: 'initializing', message: isStopping ? 'Stopping.' : 'It accepts no connections.' }
  }
}

function readAddress({ paths }: StoredAttempt): string | null {
  try {
    const port = Number(readFileSync(paths.port, 'utf8').trim())
    return Number.isInteger(port) && port > 0 && port < 65_536 ? `http://127.0.0.1:${port}` : null
  } catch {
    return null
  }
}

function readUsage({ paths, file }: StoredAttempt): ReplicaUsage | null {
  const usage = readJsonFile(paths.usage, usageFile)
  if (!usage || usage.nonce !== file.nonce) return null
  const { at, cpuSeconds, memoryBytes } = usage
  return { at, cpuSeconds, memoryBytes, memoryLimitBytes: file.memoryLimitBytes, gpu: null }
}

/** When an attempt that left no status was still there. */
function lastSeen({ paths }: StoredAttempt): string {
  const usage = readJsonFile(paths.usage, usageFile)
  return usage?.at ?? readJsonFile(paths.shim, shimFile)?.startedAt ?? new Date().toISOString()
}

/** The last thing the shim itself complained about, as the rest of a message. */
function lastShimError({ paths }: StoredAttempt): string {
  try {
    const lines = readFileSync(paths.shimErrors, 'utf8').trim().split('\n')
    const line = lines.findLast(candidate => /error/i.test(candidate)) ?? lines.at(-1)
    return line ? ` It said: ${line.slice(0, 500)}` : ''
  } catch {
    return ''
  }
}
