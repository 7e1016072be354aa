import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Security } from '@/lib/domain/access/security'
import type { DesiredState, EndpointState } from '@/lib/domain/endpoint/state'
import { readRunFile } from '@/lib/processes/run-file'
import type { Database } from '@/lib/server/db/client'
import { notify } from '@/lib/server/db/notify'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { replicas } from '@/lib/server/db/schema/replicas'
import { requestRollups } from '@/lib/server/db/schema/request-rollups'
import { revisions } from '@/lib/server/db/schema/revisions'
import type { TestTeam } from './access'
import { bundleForTests } from './programs'
import { sampleSpec } from './specs'

/** The real, bundled gateway as a process of its own, on a free port and a data directory of its own. */
export class GatewayProcess {
  private child: ChildProcess | null = null
  private port = 0
  output = ''
  readonly dataDir = mkdtempSync(join(tmpdir(), 'slipway-gateway-test-'))

  constructor(
    private readonly databaseUrl: string,
    private readonly environment: Record<string, string> = {},
  ) {}

  /** Starts it, again on the same data after it ended. */
  async start(): Promise<this> {
    const dist = await bundleForTests(['gateway'])
    const child = spawn(process.execPath, [join(dist, 'gateway.mjs')], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'test',
        DATABASE_URL: this.databaseUrl,
        SLIPWAY_DATA_DIR: this.dataDir,
        SLIPWAY_GATEWAY_PORT: '0',
        SLIPWAY_LOG_LEVEL: 'warn',
        ...this.environment,
      },
    })
    this.child = child
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', text => (this.output += text))
    const deadline = Date.now() + 20_000
    while (readRunFile('gateway', this.dataDir)?.pid !== child.pid) {
      if (child.exitCode !== null || Date.now() > deadline) {
        child.kill('SIGKILL')
        throw new Error(`The gateway does not become ready: ${this.output}`)
      }
      await new Promise(resolve => setTimeout(resolve, 20))
    }
    this.port = readRunFile('gateway', this.dataDir)?.port ?? 0
    return this
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get address(): { host: string; port: number } {
    return { host: '127.0.0.1', port: this.port }
  }

  /** Sends bytes as they are and returns all that comes back until the connection ends. */
  raw(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.port, '127.0.0.1')
      let answer = ''
      socket.on('data', chunk => (answer += chunk))
      socket.on('close', () => resolve(answer))
      socket.on('error', reject)
      socket.setTimeout(3_000, () => socket.destroy())
      socket.write(text)
    })
  }

  /** Ends it and says how it ended. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals | null> {
    const { child } = this
    if (!child || child.exitCode !== null || child.signalCode !== null) return null
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
    return child.exitCode ?? child.signalCode
  }

  async dispose(): Promise<void> {
    await this.end('SIGKILL')
    rmSync(this.dataDir, { recursive: true, force: true })
  }
}

type Changes = {
  security?: Security
  state?: EndpointState
  desired?: DesiredState
  stateMessage?: string
  requestTimeoutSeconds?: number
  /** Addresses of its replicas. */
  replicas?: readonly string[]
}

export type TestEndpoint = { id: string; name: string; path: string; replicaIds: string[] }

/** An endpoint as portal and controller leave it in the database: running, with replicas at these addresses. */
export async function insertServingEndpoint(
  db: Database,
  team: TestTeam,
  changes: Changes = {},
): Promise<TestEndpoint> {
  const id = randomUUID()
  const name = `e-${id.slice(0, 8)}`
  const { security = { level: 'protected' }, requestTimeoutSeconds = 5 } = changes
  const sample = sampleSpec()
  const spec = {
    ...sample,
    security,
    secretNames: [],
    advanced: { ...sample.advanced, requestTimeoutSeconds },
  }
  const addresses = changes.replicas ?? []
  const replicaIds = addresses.map(() => randomUUID())
  await db.transaction(async tx => {
    await tx.insert(endpoints).values({
      id,
      teamId: team.id,
      name,
      provider: 'local',
      state: changes.state ?? 'running',
      desired: changes.desired ?? 'present',
      stateMessage: changes.stateMessage ?? '',
    })
    await tx.insert(revisions).values({ endpointId: id, number: 1, spec, summary: 'Created' })
    for (const [i, address] of addresses.entries()) {
      await tx.insert(replicas).values({
        id: replicaIds[i] ?? '',
        endpointId: id,
        revision: 1,
        name: `r1-${i}`,
        state: 'running',
        address,
      })
    }
    await notify(tx, 'endpoints')
  })
  return { id, name, path: `/${team.slug}/${name}`, replicaIds }
}

/** What the database counts of an endpoint by status, from single rows and from merged ones, which must agree. */
export async function recordedStatuses(db: Database, endpointId: string): Promise<Record<string, number>> {
  // In one statement: between two the gateway may write.
  const rows = await db
    .select({
      status: requestRollups.status,
      requests: requestRollups.requests,
      counts: requestRollups.statusCounts,
    })
    .from(requestRollups)
    .where(eq(requestRollups.endpointId, endpointId))
  const counts: Record<string, number> = {}
  const ofMerged: Record<string, number> = {}
  const add = (to: Record<string, number>, status: number | string, count: number) => {
    to[status] = (to[status] ?? 0) + count
  }
  for (const row of rows) {
    if (row.status !== 0) add(counts, row.status, row.requests)
    for (const [status, count] of Object.entries(row.counts ?? {})) add(ofMerged, status, count)
  }
  expect(ofMerged).toEqual(counts)
  return counts
}
