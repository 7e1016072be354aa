import type { TokenView } from '@/lib/domain/endpoint/view'
import type { tokens } from '@/lib/server/db/schema/tokens'

/** What people see of a token: everything but its hash. */
export const toTokenView = (
  row: typeof tokens.$inferSelect,
  endpointName: string | null,
  createdBy: string,
): TokenView => ({
  id: row.id,
  name: row.name,
  preview: row.preview,
  isOfSpace: row.purpose === 'space',
  scope: row.scope,
  endpoint: row.endpointId === null ? null : { id: row.endpointId, name: endpointName ?? 'deleted endpoint' },
  createdBy,
  createdById: row.userId,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
})
