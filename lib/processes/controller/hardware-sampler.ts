import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import type { Database } from '@/lib/server/db/client'
import type { ReplicaReport, ReplicaUsage } from '@/lib/server/providers/port'
import { addSample, sampleBetween, type WindowSummary } from './hardware-sample'
import { type HardwareRow, writeHardware } from './hardware-write'
import type { Lease } from './lease'
import type { Loaded } from './load'

type Look = { atMs: number; attempt: number; usage: ReplicaUsage }
type Tracked = { look: Look; open?: WindowSummary; isDirty: boolean; lease: Lease }

/** Forgets a replica that was not seen for this long. */
const FORGET_MS = 120_000

/** Turns what passes see of replicas' usage into 10 s windows. Every pass is a look; windows are written in batches. */
export class HardwareSampler {
  #tracked = new Map<string, Tracked>()
  /** Windows that are over but not written yet. */
  #closed: HardwareRow[] = []

  take(
    lease: Lease,
    reports: readonly ReplicaReport[],
    { revisions }: Loaded,
    types: ReadonlyMap<string, InstanceType>,
    atMs = Date.now(),
  ): void {
    for (const { id, revision, attempt, usage } of reports) {
      const type = types.get(revisions.get(revision)?.spec.hardware.instanceType ?? '')
      if (!usage || !type) continue
      this.#add(id, lease, { atMs, attempt, usage }, type.cpus)
    }
    for (const [id, { look }] of this.#tracked) if (atMs - look.atMs > FORGET_MS) this.#tracked.delete(id)
  }

  #add(replicaId: string, lease: Lease, look: Look, cpus: number): void {
    const before = this.#tracked.get(replicaId)
    const sample = sampleBetween(before?.look, look, cpus)
    if (!sample) {
      this.#tracked.set(replicaId, { ...before, look, lease, isDirty: before?.isDirty ?? false })
      return
    }
    const open = addSample(before?.open, sample)
    const isOver = before?.open && before.open.windowStartMs !== open.windowStartMs
    if (before?.open && isOver && before.isDirty)
      this.#closed.push({ ...before.lease, replicaId, ...before.open })
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
