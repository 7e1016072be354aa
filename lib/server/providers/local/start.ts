import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { ProviderError, type ReplicaTarget, type Target } from '../port'
import { replicaEnvironment } from './environment'
import { locateModel } from './model-source'
import { findReplicaProcesses, NONCE_VARIABLE } from './replica-processes'
import {
  dropAttemptsBefore,
  ensureAttempt,
  ensureReplica,
  phaseOf,
  type StoredAttempt,
  type StoredReplica,
} from './replica-store'
import type { LocalSettings } from './settings'
import { killLeftovers, stopAttempt } from './stop'

/** A shim needs little memory, whatever the machine has. */
const SHIM_NODE_FLAGS = ['--max-old-space-size=64', '--max-semi-space-size=1']

type Options = { settings: LocalSettings; instanceTypes: readonly InstanceType[] }

/** Takes the next step towards this replica running its wanted attempt. */
export async function startReplica(target: Target, wanted: ReplicaTarget, options: Options): Promise<void> {
  const { settings } = options
  const owner = { endpointId: target.endpointId, replicaId: wanted.id, name: wanted.name }
  const replica = ensureReplica(settings.dataDir, owner)
  const current = replica.attempt
  if (current && current.number > wanted.attempt) return
  if (current && current.number < wanted.attempt) {
    // The older one must be gone first: two attempts would write the same logs.
    if (!stopAttempt(current)) return
  }
  if (current?.number === wanted.attempt) {
    const now = phaseOf(current)
    if (now.phase === 'ended' && now.status === null) killLeftovers(current, now.shim)
    if (now.phase !== 'starting' || findReplicaProcesses(current.file.nonce).length > 0) return
  }
  const type = options.instanceTypes.find(candidate => candidate.id === wanted.spec.hardware.instanceType)
  if (!type) {
    const message = `This machine has no ${wanted.spec.hardware.instanceType}; choose another instance type.`
    throw new ProviderError('invalid_spec', message)
  }
  const attempt = describeAttempt(replica, wanted, type, settings)
  dropAttemptsBefore(replica, attempt.number)
  await spawnShim(attempt, attemptEnvironment(attempt, wanted, type, settings), settings)
}

function describeAttempt(
  replica: StoredReplica,
  wanted: ReplicaTarget,
  type: InstanceType,
  settings: LocalSettings,
): StoredAttempt {
  return ensureAttempt(replica, {
    replicaId: wanted.id,
    revision: wanted.revision,
    attempt: wanted.attempt,
    nonce: randomUUID(),
    command: process.execPath,
    args: [join(settings.distDir, 'model-server.mjs')],
    cwd: process.cwd(),
    logFolder: replica.paths.logs,
    logFileBytes: settings.logFileBytes,
    logFiles: settings.logFiles,
    memoryLimitBytes: type.memoryBytes,
    stopGraceSeconds: settings.stopGraceSeconds,
  })
}

function attemptEnvironment(
  { paths, file }: StoredAttempt,
  { spec, secrets }: ReplicaTarget,
  type: InstanceType,
  settings: LocalSettings,
): Record<string, string> {
  const model = locateModel(spec.model.source, settings)
  if ('problem' in model) throw new ProviderError('invalid_spec', model.problem.message)
  return replicaEnvironment({
    base: settings.baseEnv,
    user: spec.advanced.env,
    secrets,
    contract: {
      ...model.env,
      HF_TASK: spec.model.task,
      HOST: '127.0.0.1',
      PORT: '0',
      SLIPWAY_PORT_FILE: paths.port,
      TMPDIR: paths.tmp,
      SLIPWAY_THREADS: String(type.cpus),
      SLIPWAY_REPLICA_ID: file.replicaId,
      [NONCE_VARIABLE]: file.nonce,
    },
  })
}

/** Starts the attempt's shim and leaves it alone: in a session of its own, holding nothing of this process. */
async function spawnShim(
  { paths, file }: StoredAttempt,
  environment: Record<string, string>,
  { distDir }: LocalSettings,
): Promise<void> {
  const errors = openSync(paths.shimErrors, 'a', 0o600)
  try {
    const shim = spawn(process.execPath, [...SHIM_NODE_FLAGS, join(distDir, 'shim.mjs'), paths.replica], {
      cwd: file.cwd,
      detached: true,
      env: environment as NodeJS.ProcessEnv,
      stdio: ['ignore', 'ignore', errors],
    })
    shim.unref()
    await once(shim, 'spawn')
  } catch (error) {
    throw new ProviderError(
      'unexpected',
      'The replica’s supervising process could not be started on this machine.',
      {
        cause: error,
      },
    )
  } finally {
    closeSync(errors)
  }
}
