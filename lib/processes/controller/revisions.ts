import { and, eq, inArray } from 'drizzle-orm'
import type { RevisionFacts } from '@/lib/domain/endpoint/rollout-types'
import { type EndpointSpec, endpointSpec } from '@/lib/domain/endpoint/spec'
import type { Queryable } from '@/lib/server/db/client'
import { revisions } from '@/lib/server/db/schema/revisions'
import { ProviderError } from '@/lib/server/providers/port'

export type LoadedRevision = {
  spec: EndpointSpec
  sealedSecrets: Record<string, string>
  facts: RevisionFacts
}

/** @throws ProviderError when a stored spec is not one: nothing can be run from it. */
export async function loadRevisions(
  db: Pick<Queryable, 'select'>,
  endpointId: string,
  numbers: readonly number[],
): Promise<Map<number, LoadedRevision>> {
  const rows = await db
    .select({ number: revisions.number, spec: revisions.spec, sealedSecrets: revisions.sealedSecrets })
    .from(revisions)
    .where(and(eq(revisions.endpointId, endpointId), inArray(revisions.number, [...new Set(numbers)])))
  return new Map(rows.map(row => [row.number, parseRevision(row)]))
}

type Row = { number: number; spec: unknown; sealedSecrets: Record<string, string> }

function parseRevision({ number, spec: stored, sealedSecrets }: Row): LoadedRevision {
  const parsed = endpointSpec.safeParse(stored)
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') ?? 'its form'
    throw new ProviderError(
      'invalid_spec',
      `Revision ${number} cannot be read (${where}); save the settings anew.`,
    )
  }
  const spec = parsed.data
  return {
    spec,
    sealedSecrets,
    facts: {
      wantedReplicas: Math.max(1, spec.hardware.scaling.minReplicas),
      runtime: runtimeOf(spec, sealedSecrets),
    },
  }
}

/**
 * Everything a running replica is made of. Revisions that differ only beyond it (who may call, tags, time limit,
 * number of replicas) need no restart.
 */
function runtimeOf(
  { model, hardware, advanced }: EndpointSpec,
  sealedSecrets: Record<string, string>,
): string {
  const { provider, region, instanceType } = hardware
  return JSON.stringify([
    model,
    [provider, region, instanceType],
    advanced.engine,
    sorted(advanced.env),
    sorted(sealedSecrets),
  ])
}

const sorted = (record: Record<string, string>) =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
