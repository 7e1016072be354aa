import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { readRunFile } from '@/lib/processes/run-file'
import type { Database } from '@/lib/server/db/client'
import { requestRollups } from '@/lib/server/db/schema/request-rollups'
import { bundleForTests } from './programs'

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
