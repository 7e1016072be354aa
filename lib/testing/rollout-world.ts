import { reconcile, targetReplicas } from '@/lib/domain/endpoint/rollout'
import type { EndpointFacts, Happening, Replica, Sighting } from '@/lib/domain/endpoint/rollout-types'
import type { DesiredState } from '@/lib/domain/endpoint/state'

/** `hangs` loads for ever and says nothing new. */
export type Fate = 'good' | 'bad' | 'hangs'
type Process = { id: string; attempt: number; revision: number; sighting: Sighting; startedAtMs: number }

const LOAD_MS = 3_000
export const START_DEADLINE_MS = 120_000

/** An endpoint's rows, a provider and a gateway in memory, on a clock of its own: to drive the pure planner. */
export class RolloutWorld {
  nowMs = 1_700_000_000_000
  desired: DesiredState = 'present'
  revision = 1
  /** Revision to whether its replicas come up, how many are wanted, and what they run. */
  revisions = new Map<number, { fate: Fate; wantedReplicas: number; runtime: string }>()
  rows: Replica[] = []
  status: Pick<EndpointFacts, 'state' | 'servingRevision' | 'failedRevision'> = {
    state: 'pending',
    servingRevision: null,
    failedRevision: null,
  }
  processes = new Map<string, Process>()
  inFlight: Record<string, number> = {}
  starts: string[] = []
  happenings: Happening[] = []
  message = ''
  isSettled = false
  isHalting = false
  private minted = 0

  constructor(wantedReplicas = 1, fate: Fate = 'good') {
    this.revisions.set(1, { fate, wantedReplicas, runtime: 'one' })
  }

  update(change: { fate?: Fate; wantedReplicas?: number; runtime?: string }): void {
    const before = this.revisions.get(this.revision)
    if (!before) throw new Error('no revision')
    this.revision += 1
    this.revisions.set(this.revision, { ...before, runtime: `run-${this.revision}`, ...change })
  }

  ready = () => this.rows.filter(row => row.state === 'running' && row.address !== null)
  living = () => this.rows.filter(row => row.stoppedAtMs === null)
  wanted = () => this.revisions.get(this.revision)?.wantedReplicas ?? 0

  facts(): EndpointFacts {
    const highestNumbers = new Map<number, number>()
    for (const { revision, name } of this.rows) {
      highestNumbers.set(revision, Math.max(highestNumbers.get(revision) ?? 0, Number(name.split('-')[1])))
    }
    return {
      ...this.status,
      desired: this.desired,
      revision: this.revision,
      revisions: this.revisions,
      replicas: this.living(),
      highestNumbers,
      sightings: [...this.processes.values()].map(process => process.sighting),
      gateways: [{ id: 'gateway', routesReadAtMs: this.nowMs, inFlight: this.inFlight }],
      isHalting: this.isHalting,
      startDeadlineMs: START_DEADLINE_MS,
      nowMs: this.nowMs,
    }
  }

  /** One pass of a controller; with `diesBeforeApply` it is killed between its writes and the provider. */
  pass(options: { diesBeforeApply?: boolean } = {}): void {
    const facts = this.facts()
    const { replicas, happenings, status } = reconcile(facts, () => `replica-${++this.minted}`)
    const gone = this.rows.filter(row => row.stoppedAtMs !== null)
    this.rows = [...gone, ...replicas]
    this.status = status
    this.message = status.message
    this.isSettled = !status.isInFlight
    this.happenings.push(...happenings)
    if (!options.diesBeforeApply) this.apply(targetReplicas(replicas, facts.sightings))
  }

  private apply(target: readonly Replica[]): void {
    for (const id of this.processes.keys()) {
      if (!target.some(replica => replica.id === id)) this.processes.delete(id)
    }
    for (const { id, attempt, revision } of target) {
      const existing = this.processes.get(id)
      if (existing && existing.attempt >= attempt) continue
      this.starts.push(`${id}#${attempt}`)
      const sighting: Sighting = { id, attempt, state: 'pending', message: '', address: null, exit: null }
      this.processes.set(id, { id, attempt, revision, sighting, startedAtMs: this.nowMs })
    }
  }

  /** Time goes by: processes load, and come up or fall over as their revision's fate is. */
  advance(ms: number): void {
    this.nowMs += ms
    for (const process of this.processes.values()) {
      const { state } = process.sighting
      if (state === 'failed' || state === 'running' || this.said.has(process.id)) continue
      const fate = this.fateOf(process)
      if (this.nowMs - process.startedAtMs < LOAD_MS || fate === 'hangs') {
        process.sighting = { ...process.sighting, state: 'initializing', message: 'Loading the model.' }
      } else if (fate === 'good') {
        const address = `http://127.0.0.1/${process.id}`
        process.sighting = { ...process.sighting, state: 'running', message: 'Ready.', address }
      } else this.crash(process.id, 1)
    }
  }

  /** A single process may have a fate of its own. */
  fates = new Map<string, Fate>()
  private fateOf = ({ id, revision }: Process) => this.fates.get(id) ?? this.revisions.get(revision)?.fate

  /** From now on it says this while it loads. */
  say(id: string, message: string): void {
    const process = this.processes.get(id)
    if (!process) return
    this.said.add(id)
    process.sighting = { ...process.sighting, state: 'downloading', message }
  }
  private said = new Set<string>()

  crash(id: string, code: number): void {
    const process = this.processes.get(id)
    if (!process || process.sighting.state === 'failed') return
    const exit = { code, signal: null, outOfMemory: false, at: new Date(this.nowMs).toISOString() }
    process.sighting = { ...process.sighting, state: 'failed', message: '', address: null, exit }
  }

  /** Gone without a trace. One that was never observed cannot be told from one that was never started. */
  vanish(id: string): void {
    if (this.rows.some(row => row.id === id && row.state !== 'pending')) this.processes.delete(id)
  }

  /** Passes every second until nothing is in flight. */
  settle(seconds = 600): void {
    for (let second = 0; second < seconds && !(second > 2 && this.isSettled); second++) {
      this.pass()
      this.advance(1_000)
    }
  }
}
