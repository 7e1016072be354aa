// Produces provider faults on demand: crashes, hangs, refusals and orphans at a chosen moment, which no real
// provider can be asked for. What providers do by themselves is tested against the real ones.
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import { type Capabilities, NO_CAPABILITIES } from '@/lib/domain/hardware/capabilities'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import type { ProviderKind } from '@/lib/domain/hardware/provider'
import type {
  EndpointRef,
  LogChunk,
  NativeMetric,
  ReplicaExitReport,
  ReplicaProvider,
  ReplicaReport,
  Target,
} from '@/lib/server/providers/port'

type Verb = 'observe' | 'apply' | 'remove' | 'logs' | 'metrics'
type FakeProcess = {
  endpointId: string
  id: string
  attempt: number
  revision: number
  startedAtMs: number
  exit: ReplicaExitReport | null
  secrets: Readonly<Record<string, string>>
}

const INSTANCE: InstanceType = {
  id: 'fake-x1',
  provider: 'local',
  vendor: 'fake',
  region: 'here',
  accelerator: 'cpu',
  type: 'cpu',
  size: 'x1',
  label: 'Fake',
  cpus: 2,
  memoryBytes: 2 ** 31,
  gpu: null,
  priceUsdPerHour: 0.5,
  availability: { status: 'available' },
}

export class FakeProvider implements ReplicaProvider {
  readonly kind: ProviderKind = 'local'
  readonly rollout = 'slipway'
  capabilities: Capabilities = { ...NO_CAPABILITIES, replicas: true, localModels: true }
  readonly processes = new Map<string, FakeProcess>()
  /** `<replica>#<attempt>` in the order they were started. */
  readonly starts: string[] = []
  loadMs = 30
  instanceType = INSTANCE
  /** Replicas for which this is true exit with code 1 as soon as they start. */
  isBroken: (process: { revision: number; spec: EndpointSpec }) => boolean = () => false
  /** Awaited by each verb first: throw, or do not return, to make it fail or hang. */
  fault: (verb: Verb, endpointId: string) => Promise<void> = async () => {}
  /** What every replica has written. */
  output: string[] = []
  released: string[] = []
  /** What it says it measured itself. */
  measured: readonly NativeMetric[] = []
  /** Keeps output until it is released, as the local provider does. */
  keepsOutput = false

  catalog = async () => ({
    regions: [{ id: 'here', label: 'Here', provider: this.kind }],
    instanceTypes: [this.instanceType],
  })

  check = async () => []

  async apply(target: Target): Promise<void> {
    await this.fault('apply', target.endpointId)
    const wanted = new Set(target.replicas.map(replica => replica.id))
    for (const process of this.of(target.endpointId)) {
      if (!wanted.has(process.id) && !this.keepsOutput) this.processes.delete(process.id)
      else if (!wanted.has(process.id)) process.exit ??= exitOf(0)
    }
    for (const { id, attempt, revision, spec, secrets } of target.replicas) {
      const existing = this.processes.get(id)
      if (existing && existing.attempt >= attempt) continue
      this.starts.push(`${id}#${attempt}`)
      const exit = this.isBroken({ revision, spec }) ? exitOf(1) : null
      const { endpointId } = target
      this.processes.set(id, { endpointId, id, attempt, revision, startedAtMs: Date.now(), exit, secrets })
    }
  }

  async observe({ endpointId }: EndpointRef) {
    await this.fault('observe', endpointId)
    return { replicas: this.of(endpointId).map(process => this.report(process)), messages: [] }
  }

  async halt({ endpointId }: EndpointRef): Promise<void> {
    await this.apply({ endpointId, teamSlug: '', endpointName: '', replicas: [] })
  }

  async remove({ endpointId }: EndpointRef): Promise<boolean> {
    await this.fault('remove', endpointId)
    for (const { id } of this.of(endpointId)) {
      if (!this.keepsOutput || this.released.includes(id)) this.processes.delete(id)
    }
    return this.of(endpointId).length === 0
  }

  async metrics({ endpointId }: EndpointRef): Promise<readonly NativeMetric[]> {
    await this.fault('metrics', endpointId)
    return this.measured
  }

  async *logs(): AsyncIterable<LogChunk> {
    await this.fault('logs', '')
    const lines = this.output.map(text => ({ timeMs: 0, stream: 'stderr' as const, text: Buffer.from(text) }))
    yield { position: '1', lines, lostLines: 0 }
  }

  async releaseLogs({ replicaId }: EndpointRef & { replicaId: string }): Promise<void> {
    this.released.push(replicaId)
  }

  endpointIds = async () => [...new Set([...this.processes.values()].map(each => each.endpointId))]
  of = (endpointId: string) => [...this.processes.values()].filter(each => each.endpointId === endpointId)
  living = (endpointId: string) => this.of(endpointId).filter(each => each.exit === null)

  crash(id: string, exit: Partial<ReplicaExitReport> = { code: 1 }): void {
    const process = this.processes.get(id)
    if (process) process.exit = { ...exitOf(null), ...exit }
  }

  private report({ id, attempt, revision, exit, startedAtMs }: FakeProcess): ReplicaReport {
    const seconds = (Date.now() - startedAtMs) / 1000
    const isReady = seconds * 1000 >= this.loadMs
    const at = new Date().toISOString()
    const usage = { at, cpuSeconds: seconds, memoryBytes: 1e9, memoryLimitBytes: 2e9, gpu: null }
    const common = { id, attempt, revision }
    if (exit) return { ...common, state: 'failed', message: '', address: null, exit, usage: null }
    if (!isReady) return { ...common, state: 'initializing', message: 'Loading.', address: null, exit, usage }
    return { ...common, state: 'running', message: 'Ready.', address: `http://127.0.0.1/${id}`, exit, usage }
  }
}

const exitOf = (code: number | null): ReplicaExitReport => ({
  code,
  signal: null,
  outOfMemory: false,
  at: new Date().toISOString(),
})
