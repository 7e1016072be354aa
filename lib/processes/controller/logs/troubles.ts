import type { Logger } from 'pino'
import type { EventKind } from '@/lib/domain/endpoint/event'
import type { Database } from '@/lib/server/db/client'
import { recordEvent } from '@/lib/server/services/endpoints/record-event'
import type { CollectedReplica } from './find-replicas'

const REPEAT_MS = 10 * 60_000
const ACTOR = { kind: 'system', name: 'Log collector' } as const

/** Puts what goes wrong with an endpoint's logs on its timeline, once and not with every line. */
export class Troubles {
  private stopped = new Set<string>()
  private droppedAtMs = new Map<string, number>()

  constructor(
    private readonly db: Database,
    private readonly logger: Logger,
  ) {}

  async dropped(replica: CollectedReplica, linesPerSecond: number): Promise<void> {
    const before = this.droppedAtMs.get(replica.id) ?? 0
    if (Date.now() - before < REPEAT_MS) return
    this.droppedAtMs.set(replica.id, Date.now())
    const rate = linesPerSecond.toLocaleString('en-US')
    await this.record(
      replica,
      'logsDropped',
      `Replica ${replica.name} writes more than ${rate} log lines a second. Lines beyond that are dropped; the log says where and how many.`,
    )
  }

  async failed(replica: CollectedReplica, error: unknown): Promise<void> {
    this.logger.warn({ err: error, replicaId: replica.id }, 'log collection failed; trying again')
    if (!isDiskError(error) || this.stopped.has(replica.endpointId)) return
    this.stopped.add(replica.endpointId)
    await this.record(
      replica,
      'logsStopped',
      `Logs are not being stored: ${reasonOf(error)}. Requests are not affected; collecting goes on where it stopped once there is room.`,
    )
  }

  async recovered(replica: CollectedReplica): Promise<void> {
    if (!this.stopped.delete(replica.endpointId)) return
    await this.record(replica, 'logsResumed', 'Logs are being stored again.')
  }

  private async record(replica: CollectedReplica, kind: EventKind, message: string): Promise<void> {
    const { endpointId, id: replicaId, revision } = replica
    await recordEvent(this.db, { endpointId, replicaId, revision, kind, message, actor: ACTOR }).catch(
      (error: unknown) => this.logger.warn({ err: error, endpointId }, 'event not recorded'),
    )
  }
}

const DISK_REASONS: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EIO: 'the disk reports errors',
  EACCES: 'the data directory cannot be written',
  EFBIG: 'the file size limit is reached',
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
const isDiskError = (error: unknown): boolean => codeOf(error) in DISK_REASONS
const reasonOf = (error: unknown): string => DISK_REASONS[codeOf(error)] ?? 'the disk failed'
