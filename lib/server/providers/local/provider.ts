import { existsSync, writeFileSync } from 'node:fs'
import { type Capabilities, NO_CAPABILITIES } from '@/lib/domain/hardware/capabilities'
import { type EndpointRef, ProviderError, type ReplicaProvider, type Target } from '../port'
import { checkLocalSpec } from './check'
import { followLogs } from './follow-logs'
import { findGpus, type Gpu } from './gpus'
import { LOCAL_REGION, localInstanceTypes } from './instance-types'
import { KeyedLock } from './keyed-lock'
import { reportReplica, type Silences } from './observe'
import { listReplicas, listReplicasOf, phaseOf, readReplica } from './replica-store'
import { type LocalSettings, localSettings } from './settings'
import { startReplica } from './start'
import { isStopping, stopReplica } from './stop'

const CAPABILITIES: Capabilities = { ...NO_CAPABILITIES, replicas: true, localModels: true }

/** Runs each replica as a process of this machine, under a shim that outlives whoever started it. */
export function createLocalProvider(settings: LocalSettings = localSettings()): ReplicaProvider {
  return new LocalProvider(settings)
}

class LocalProvider implements ReplicaProvider {
  readonly kind = 'local'
  readonly rollout = 'slipway'
  readonly capabilities = CAPABILITIES
  readonly #settings: LocalSettings
  readonly #lock = new KeyedLock()
  readonly #silences: Silences = new Map()
  #gpus: Promise<Gpu[]> | undefined

  constructor(settings: LocalSettings) {
    this.#settings = settings
  }

  async catalog() {
    return { regions: [LOCAL_REGION], instanceTypes: await this.#instanceTypes() }
  }

  async check(spec: Parameters<ReplicaProvider['check']>[0]) {
    const instanceTypes = await this.#instanceTypes()
    return checkLocalSpec(spec, {
      settings: this.#settings,
      machine: this.#settings.machine(),
      instanceTypes,
    })
  }

  async apply(target: Target) {
    const instanceTypes = await this.#instanceTypes()
    await this.#lock.run(target.endpointId, async () => {
      const wanted = new Set(target.replicas.map(replica => replica.id))
      for (const stored of listReplicasOf(this.#settings.dataDir, target.endpointId)) {
        if (!wanted.has(stored.owner.replicaId)) stopReplica(stored)
      }
      const failures: unknown[] = []
      for (const replica of target.replicas) {
        // One that cannot start must not keep the others from it.
        await startReplica(target, replica, { settings: this.#settings, instanceTypes }).catch(error =>
          failures.push(error),
        )
      }
      if (failures.length > 0) throw asProviderError(failures[0])
    })
  }

  async observe({ endpointId }: EndpointRef) {
    const stored = listReplicasOf(this.#settings.dataDir, endpointId)
    const reports = await Promise.all(stored.map(replica => reportReplica(replica, this.#silences)))
    return { replicas: reports.filter(report => report !== null), messages: [] }
  }

  async halt({ endpointId }: EndpointRef) {
    await this.#lock.run(endpointId, async () => {
      for (const stored of listReplicasOf(this.#settings.dataDir, endpointId)) stopReplica(stored)
    })
  }

  async endpointIds() {
    return [...new Set(listReplicas(this.#settings.dataDir).map(({ owner }) => owner.endpointId))]
  }

  async remove({ endpointId }: EndpointRef) {
    return await this.#lock.run(endpointId, async () => {
      for (const stored of listReplicasOf(this.#settings.dataDir, endpointId)) stopReplica(stored)
      return listReplicasOf(this.#settings.dataDir, endpointId).length === 0
    })
  }

  logs(ref: Parameters<ReplicaProvider['logs']>[0], options: Parameters<ReplicaProvider['logs']>[1]) {
    return followLogs({ dataDir: this.#settings.dataDir, ...ref }, options)
  }

  async releaseLogs({ endpointId, replicaId }: EndpointRef & { replicaId: string }) {
    await this.#lock.run(endpointId, async () => {
      const stored = readReplica(this.#settings.dataDir, replicaId)
      if (stored?.owner.endpointId !== endpointId) return
      if (!existsSync(stored.paths.released)) writeFileSync(stored.paths.released, '', { mode: 0o600 })
      // One that is still wanted keeps its folder until it is not.
      if (!stored.attempt || isStopping(stored.attempt)) stopReplica(stored)
    })
  }

  async #instanceTypes() {
    this.#gpus ??= findGpus()
    return localInstanceTypes({
      machine: this.#settings.machine(),
      gpus: await this.#gpus,
      prices: this.#settings.prices,
      promisedBytes: promisedBytes(this.#settings.dataDir),
    })
  }
}

/** What living replicas may take, whether they do or not. */
function promisedBytes(dataDir: string): number {
  return listReplicas(dataDir).reduce((sum, { attempt }) => {
    const isLiving = attempt !== null && phaseOf(attempt).phase === 'held'
    return sum + (isLiving ? (attempt.file.memoryLimitBytes ?? 0) : 0)
  }, 0)
}

function asProviderError(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error
  const code = error instanceof Error && 'code' in error ? error.code : null
  const reason = code === 'ENOSPC' ? 'its disk is full' : 'its data directory could not be written'
  return new ProviderError('unexpected', `The replica could not be started on this machine: ${reason}.`, {
    cause: error,
  })
}
