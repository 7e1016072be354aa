import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import type { Database } from '@/lib/server/db/client'
import type { ReplicaReport } from '@/lib/server/providers/port'
import { addSample, type Look, sampleBetween, type WindowSummary } from './hardware-sample'
import { type HardwareRow, writeHardware } from './hardware-write'
import type { Lease } from './lease'
import type { Loaded } from './load'

type Tracked = { look: Look; open?: WindowSummary; isDirty: boolean; lease: Lease }

/** Two looks closer than this say little about a rate: CPU time is counted in ticks. */
const SHORTEST_MS = 500
/** Forgets a replica that was not seen for this long. */
const FORGET_MS = 120_000

/** Turns what passes see of replicas' usage into 10 s windows, which are written in batches. */
export class HardwareSampler {
  #tracked = new Map<string, Tracked>()
  /** Windows that are over but not written yet. */
  #closed: HardwareRow[] = []

  take(
    lease: Lease,
    reports: readonly ReplicaReport[],
    { revisions }: Pick<Loaded, 'revisions'>,
    types: ReadonlyMap<string, InstanceType>,
  ): void {
    for (const { id, revision, attempt, usage } of reports) {
      const type = types.get(revisions.get(revision)?.spec.hardware.instanceType ?? '')
      if (usage && type) this.#add(id, lease, { attempt, usage }, type.cpus)
    }
    const oldest = Date.now() - FORGET_MS
    for (const [id, { look }] of this.#tracked) if (atMs(look) < oldest) this.#tracked.delete(id)
  }

  #add(replicaId: string, lease: Lease, look: Look, cpus: number): void {
    const before = this.#tracked.get(replicaId)
    if (before?.look.attempt === look.attempt && atMs(look) - atMs(before.look) < SHORTEST_MS) return
    const sample = before ? sampleBetween(before.look, look, cpus) : null
    if (!sample) {
      this.#tracked.set(replicaId, { isDirty: false, ...before, look, lease })
      return
    }
    const open = addSample(before?.open, sample)
    if (before?.open && before.isDirty && before.open.windowStartMs !== open.windowStartMs) {
      this.#closed.push({ ...before.lease, replicaId, ...before.open })
    }
    this.#tracked.set(replicaId, { look, open, lease, isDirty: true })
  }

  /** Writes what changed since the last time; a window that is written again replaces itself. */
  async flush(db: Database): Promise<void> {
    const rows = this.#closed
    this.#closed = []
    for (const [replicaId, tracked] of this.#tracked) {
      if (!tracked.open || !tracked.isDirty) continue
      rows.push({ ...tracked.lease, replicaId, ...tracked.open })
      tracked.isDirty = false
    }
    await writeHardware(db, rows)
  }
}

const atMs = (look: Look) => Date.parse(look.usage.at)
