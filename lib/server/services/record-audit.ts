import { type Actor, actorIdOf } from '@/lib/domain/access/actor'
import type { Queryable } from '@/lib/server/db/client'
import { auditLog } from '@/lib/server/db/schema/audit-log'

export type AuditEntry = {
  /** Null for what concerns an account and no team. */
  teamId: string | null
  /** `endpoint.create`, `token.revoke`, … */
  action: `${string}.${string}`
  objectKind: 'endpoint' | 'connection' | 'token' | 'session' | 'user' | 'team'
  objectId: string | null
  objectName: string | null
  /** What changed. Never a secret's value: names only. */
  change?: Record<string, unknown>
}

/** Writes who changed what, in the change's own transaction: neither stands without the other. */
export async function recordAudit(tx: Queryable, actor: Actor, entry: AuditEntry): Promise<void> {
  await tx.insert(auditLog).values({
    ...entry,
    actorKind: actor.kind,
    actorId: actorIdOf(actor),
    actorName: actor.name,
    address: actor.request.address,
    requestId: actor.request.requestId,
  })
}
