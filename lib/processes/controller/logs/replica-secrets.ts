import { and, eq } from 'drizzle-orm'
import type { Queryable } from '@/lib/server/db/client'
import { revisions } from '@/lib/server/db/schema/revisions'
import { env } from '@/lib/server/env'
import { openSecrets } from '../target'

/** What a replica was told and must not tell: its revision's secrets, and the installation's own for the Hub. */
export async function replicaSecrets(
  db: Pick<Queryable, 'select'>,
  { endpointId, revision }: { endpointId: string; revision: number },
): Promise<Record<string, string>> {
  const [row] = await db
    .select({ sealedSecrets: revisions.sealedSecrets })
    .from(revisions)
    .where(and(eq(revisions.endpointId, endpointId), eq(revisions.number, revision)))
  const { HF_TOKEN } = env()
  return { ...(HF_TOKEN ? { HF_TOKEN } : {}), ...(row ? openSecrets(endpointId, revision, row) : {}) }
}
