import { Replica } from './replica'
import type { RoutedReplica } from './upstreams'

/** The replicas that are known or still have requests. They outlive snapshots: their counts and connections do. */
export class ReplicaSet {
  private readonly known = new Map<string, Replica>()
  /** Gone from the snapshot, but with requests under way. */
  private readonly leaving = new Set<Replica>()

  /** Takes over what a snapshot says; connections of those that are gone end with their last request. */
  update(rows: readonly RoutedReplica[]): Iterable<Replica> {
    const gone = new Set(this.known.values())
    for (const row of rows) {
      const current = this.known.get(row.id)
      // A replica that was restarted has a new port: other connections, same identity.
      const replica = current?.isStill(row) ? current : new Replica(row)
      replica.isDraining = row.isDraining
      this.known.set(row.id, replica)
      gone.delete(replica)
    }
    for (const replica of gone) {
      if (this.known.get(replica.id) === replica) this.known.delete(replica.id)
      this.leaving.add(replica)
      replica.close()
    }
    return this.known.values()
  }

  /**
   * Requests in flight on each replica that gets nothing new. A key that is there with 0 says: this gateway knows
   * that it drains, and has nothing on it.
   */
  inFlightOfDraining(): Record<string, number> {
    const counts: Record<string, number> = {}
    for (const replica of this.known.values()) if (replica.isDraining) counts[replica.id] = replica.inFlight
    for (const replica of this.leaving) {
      if (replica.inFlight === 0) this.leaving.delete(replica)
      else counts[replica.id] = (counts[replica.id] ?? 0) + replica.inFlight
    }
    return counts
  }

  close(): void {
    for (const replica of this.known.values()) replica.close()
  }
}
