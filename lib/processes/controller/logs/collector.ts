import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { redactor } from '@/lib/domain/logs/redact'
import type { Database } from '@/lib/server/db/client'
import type { LogStore } from '@/lib/server/log-store/log-store'
import { type Provider, ProviderError } from '@/lib/server/providers/port'
import type { Place } from '@/lib/server/services/connections/provider-source'
import { CatchUp } from './catch-up'
import { copyOutput } from './copy-output'
import { type CollectedReplica, findReplicas, isOver, markLogsEnded } from './find-replicas'
import { replicaSecrets } from './replica-secrets'
import { Troubles } from './troubles'

const AGAIN_MS = 500
const MAX_BACKOFF_MS = 30_000

export type CollectorOptions = {
  db: Database
  store: LogStore
  logger: Logger
  linesPerSecond: number
  /** @throws ProviderError where there is none just now. */
  providerOf: (place: Place) => Provider | Promise<Provider>
  /** Whether this controller is the one to collect it; another may hold the endpoint's lease. */
  isOurs: (replica: CollectedReplica) => boolean
  /** How long replicas that are catching up wait for one that is silent. */
  patienceMs?: number
}

/** One loop per replica that still writes, or has written what is not read yet. */
export class Collector {
  private running = new Map<string, { endpointId: string; stop: AbortController; done: Promise<void> }>()
  private troubles: Troubles
  private catchUps = new Map<string, CatchUp>()

  constructor(private readonly options: CollectorOptions) {
    this.troubles = new Troubles(options.db, options.logger)
  }

  /** Starts loops for replicas that are new and stops those that are not ours any more. */
  async refresh(): Promise<void> {
    const found = (await findReplicas(this.options.db)).filter(this.options.isOurs)
    const wanted = new Set(found.map(replica => replica.id))
    for (const [id, loop] of this.running) if (!wanted.has(id)) loop.stop.abort()
    for (const replica of found) {
      if (this.running.has(replica.id)) continue
      const stop = new AbortController()
      const done = this.collect(replica, stop.signal).finally(() => this.running.delete(replica.id))
      this.running.set(replica.id, { endpointId: replica.endpointId, stop, done })
    }
  }

  isCollecting(endpointId: string): boolean {
    return [...this.running.values()].some(loop => loop.endpointId === endpointId)
  }

  async stop(): Promise<void> {
    const loops = [...this.running.values()]
    for (const loop of loops) loop.stop.abort()
    await Promise.all(loops.map(loop => loop.done))
  }

  private async collect(replica: CollectedReplica, signal: AbortSignal): Promise<void> {
    let backoffMs = AGAIN_MS
    while (!signal.aborted) {
      // Before anything is waited for: those that begin together wait for each other.
      const catchUp = this.catchUpOf(replica.endpointId)
      catchUp.join(replica.id)
      try {
        const provider = await this.options.providerOf(replica)
        // Asked before reading: then what is read is all there will be.
        const wasOver = await isOver(this.options.db, replica.id)
        await this.copy(replica, provider, catchUp, signal)
        backoffMs = AGAIN_MS
        if (wasOver && !signal.aborted) return await this.finish(replica, provider)
      } catch (error) {
        if (signal.aborted) return
        await this.troubles.failed(replica, error)
        backoffMs = Math.min(backoffMs * 2, MAX_BACKOFF_MS)
      } finally {
        catchUp.leave(replica.id)
      }
      await sleep(backoffMs, undefined, { signal }).catch(() => {})
    }
  }

  private catchUpOf(endpointId: string): CatchUp {
    for (const [id, { isEmpty }] of this.catchUps) if (isEmpty) this.catchUps.delete(id)
    const catchUp = this.catchUps.get(endpointId) ?? new CatchUp(this.options.patienceMs)
    this.catchUps.set(endpointId, catchUp)
    return catchUp
  }

  private async copy(
    replica: CollectedReplica,
    provider: Provider,
    catchUp: CatchUp,
    signal: AbortSignal,
  ): Promise<void> {
    const log = await this.options.store.log(replica.endpointId)
    const { linesPerSecond } = this.options
    const redact = redactor(await this.secretsOf(replica))
    await copyOutput({
      log,
      provider,
      replica,
      linesPerSecond,
      redact,
      catchUp,
      signal,
      onDropped: () => void this.troubles.dropped(replica, linesPerSecond),
      onWritten: () => void this.troubles.recovered(replica),
    })
  }

  /** Ones sealed with another key were never given to the replica: nothing of them can be in its output. */
  private async secretsOf(replica: CollectedReplica): Promise<Record<string, string>> {
    return replicaSecrets(this.options.db, replica).catch((error: unknown) => {
      if (!(error instanceof ProviderError)) throw error
      return {}
    })
  }

  /** Released first: a crash in between only asks the provider once more, and output is never left behind. */
  private async finish(replica: CollectedReplica, provider: Provider): Promise<void> {
    const { endpointId, id: replicaId } = replica
    await provider.releaseLogs?.({ endpointId, replicaId })
    await markLogsEnded(this.options.db, replicaId)
  }
}
