import { access, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { EndpointLog, type LogLimits } from './endpoint-log'
import { takeOwnerLock } from './owner-lock'

const MEBIBYTE = 1024 ** 2
const DAY_MS = 24 * 60 * 60_000
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const logLimits = (retention: { days: number; bytes: number }): LogLimits => ({
  retentionMs: retention.days * DAY_MS,
  retentionBytes: retention.bytes,
  segmentBytes: Math.max(MEBIBYTE / 4, Math.min(8 * MEBIBYTE, Math.floor(retention.bytes / 4))),
  segmentMs: DAY_MS,
})

/** All logs below one folder, owned by this process alone. */
export class LogStore {
  private logs = new Map<string, Promise<EndpointLog>>()

  private constructor(
    private readonly folder: string,
    private readonly limits: LogLimits,
    private readonly release: () => Promise<void>,
  ) {}

  /** Null while another process owns the folder. */
  static async open(folder: string, limits: LogLimits): Promise<LogStore | null> {
    const release = await takeOwnerLock(folder)
    return release && new LogStore(folder, limits, release)
  }

  /** The log to write to, made on first use. */
  log(endpointId: string): Promise<EndpointLog> {
    const known = this.logs.get(endpointId)
    if (known) return known
    const opened = EndpointLog.open(this.folderOf(endpointId), this.limits)
    this.logs.set(endpointId, opened)
    opened.catch(() => this.logs.delete(endpointId))
    return opened
  }

  /** The log to read, or null where nothing was ever written. */
  async existing(endpointId: string): Promise<EndpointLog | null> {
    if (!UUID.test(endpointId)) return null
    if (this.logs.has(endpointId)) return this.log(endpointId)
    const isThere = await access(this.folderOf(endpointId)).then(
      () => true,
      () => false,
    )
    return isThere ? this.log(endpointId) : null
  }

  /** Applies retention to every log on disk; a log of which nothing is left, and which nobody writes, goes whole. */
  async expire(isCollected: (endpointId: string) => boolean): Promise<void> {
    const names = await readdir(this.folder)
    for (const id of names.filter(name => UUID.test(name))) {
      const log = await this.log(id)
      await log.expire()
      if (isCollected(id) || log.readers > 0 || log.holdsLines) continue
      this.logs.delete(id)
      await log.close()
      await rm(this.folderOf(id), { recursive: true, force: true })
    }
  }

  async close(): Promise<void> {
    const logs = await Promise.allSettled(this.logs.values())
    for (const opened of logs) if (opened.status === 'fulfilled') await opened.value.close()
    await this.release()
  }

  private folderOf(endpointId: string): string {
    if (!UUID.test(endpointId)) throw new Error(`Not an endpoint id: ${endpointId}`)
    return join(this.folder, endpointId)
  }
}
