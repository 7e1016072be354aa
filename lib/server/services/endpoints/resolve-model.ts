import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import { ok, type Result } from '@/lib/domain/result'
import { resolveHubRevision } from '@/lib/server/hub/resolve-revision'

const COMMIT = /^[0-9a-f]{40}$/

/**
 * Pins a Hub model to a commit: a revision must mean the same weights for every replica it ever starts, while
 * branches and tags move.
 */
export async function resolveModel(
  model: EndpointSpec['model'],
  token: string | null,
): Promise<Result<EndpointSpec['model']>> {
  const { source } = model
  if (source.kind !== 'hub' || (source.revision !== null && COMMIT.test(source.revision))) return ok(model)
  const commit = await resolveHubRevision({ repository: source.repository, revision: source.revision, token })
  return commit.ok ? ok({ ...model, source: { ...source, revision: commit.data } }) : commit
}
