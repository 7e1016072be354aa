import type { Logger } from 'pino'
import type { ProviderKind } from '@/lib/domain/hardware/provider'
import type { Database } from '@/lib/server/db/client'
import type { ProviderSource } from '@/lib/server/services/connections/provider-source'
import { Catalog } from './catalog'
import { haltEndpoints } from './halt'
import { HardwareSampler } from './hardware-sampler'
import { type Lease, releaseLeases } from './lease'
import { createLimit } from './limit'
import { startLoop } from './loop'
import type { PassDependencies } from './pass'
import { type ControllerSettings, DEFAULT_SETTINGS } from './settings'
import { type Surveyed, survey } from './survey'
import { stopUnknown } from './sweep'
import { startWorker, type Worker } from './worker'

export type ControllerOptions = {
  db: Database
  /** Names this controller in leases; its id in `processes`. */
  holder: string
  providers: ProviderSource
  logger: Logger
  settings?: Partial<ControllerSettings>
}

export type Controller = {
  /** Something changed somewhere: look soon. */
  hint: () => void
  /** Endpoints whose lease is held now. */
  held: () => Lease[]
  sampler: HardwareSampler
  /** Ends all work. `halt`: replicas of these providers stop too, their specs unchanged; the others run on. */
  stop: (options: { halt: readonly ProviderKind[] }) => Promise<void>
}

/** Hints come in bursts; one look answers them all. */
const HINT_MS = 50

/** Survey and workers: who is ours to look after, and one loop for each. */
export function startController({
  db,
  holder,
  providers,
  logger,
  ...options
}: ControllerOptions): Controller {
  const settings = { ...DEFAULT_SETTINGS, ...options.settings }
  const limit = createLimit(settings.concurrency)
  const sampler = new HardwareSampler()
  const deps: PassDependencies = { db, providers, settings, limit, catalog: new Catalog(), sampler, logger }
  const workers = new Map<string, Worker>()
  const held = () => [...workers.values()].map(worker => worker.lease)

  let renewedAtMs = Number.NEGATIVE_INFINITY
  const surveying = startLoop(async () => {
    try {
      // A hint asks for a look, not for a write to every row.
      const renews = performance.now() - renewedAtMs >= settings.surveyMs
      const found = await survey(db, { holder, ttlMs: settings.leaseMs, renews })
      if (renews) renewedAtMs = performance.now()
      endMissing(new Set(found.map(({ lease }) => lease.endpointId)))
      for (const surveyed of found) look(surveyed)
    } catch (error) {
      logger.error({ err: error }, 'the database could not be read; trying again')
    }
    return settings.surveyMs
  })

  const sweeping = startLoop(async () => {
    await stopUnknown(deps).catch(error => logger.error({ err: error }, 'unknown replicas not looked for'))
    return settings.sweepMs
  })

  function look(surveyed: Surveyed): void {
    const { lease, intent } = surveyed
    const worker = workers.get(lease.endpointId)
    if (worker?.lease.epoch === lease.epoch) {
      if (worker.intent !== intent) worker.wake()
      worker.intent = intent
      return
    }
    void worker?.stop()
    workers.set(
      lease.endpointId,
      startWorker(deps, surveyed, () => end(lease)),
    )
  }

  function end(lease: Lease): void {
    const worker = workers.get(lease.endpointId)
    if (worker?.lease.epoch !== lease.epoch) return
    workers.delete(lease.endpointId)
    void worker.stop()
  }

  function endMissing(present: ReadonlySet<string>): void {
    for (const { lease } of workers.values()) if (!present.has(lease.endpointId)) end(lease)
  }

  let hinted: NodeJS.Timeout | undefined
  const hint = () => {
    hinted ??= setTimeout(() => {
      hinted = undefined
      surveying.wake()
    }, HINT_MS)
  }

  return {
    hint,
    held,
    sampler,
    async stop({ halt }) {
      clearTimeout(hinted)
      await Promise.all([surveying.stop(), sweeping.stop()])
      await Promise.all([...workers.values()].map(worker => worker.stop()))
      const halting = [...workers.values()].filter(worker => halt.includes(worker.place.provider))
      await haltEndpoints(deps, holder, halting)
      await sampler.flush(db).catch(error => logger.error({ err: error }, 'the last samples are lost'))
      await releaseLeases(db, held())
    },
  }
}
