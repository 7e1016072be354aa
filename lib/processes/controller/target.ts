import { targetReplicas } from '@/lib/domain/endpoint/rollout'
import type { Replica, Sighting } from '@/lib/domain/endpoint/rollout-types'
import { ProviderError, type Target } from '@/lib/server/providers/port'
import { open } from '@/lib/server/secrets/seal'
import type { Loaded } from './load'
import type { LoadedRevision } from './revisions'

/** What the provider is to have, with opened secrets: hand it over and forget it. */
export function targetOf(
  loaded: Loaded,
  replicas: readonly Replica[],
  sightings: readonly Sighting[],
): Target {
  const { endpoint, teamSlug, revisions } = loaded
  return {
    endpointId: endpoint.id,
    teamSlug,
    endpointName: endpoint.name,
    replicas: targetReplicas(replicas, sightings).map(({ id, name, revision, attempt }) => {
      const found = revisions.get(revision)
      if (!found) throw new Error(`Revision ${revision} of ${endpoint.id} is not loaded.`)
      const secrets = openSecrets(endpoint.id, revision, found)
      return { id, name, revision, spec: found.spec, secrets, attempt }
    }),
  }
}

/** @throws ProviderError when they were sealed with another key: the person has to set them again. */
export function openSecrets(
  endpointId: string,
  revision: number,
  { sealedSecrets }: Pick<LoadedRevision, 'sealedSecrets'>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(sealedSecrets).map(([name, sealed]) => {
      try {
        return [name, open(sealed, `endpoint:${endpointId}`)]
      } catch (cause) {
        const message = `Secret ${name} of revision ${revision} cannot be opened with this installation's key; set it again.`
        throw new ProviderError('invalid_spec', message, { cause })
      }
    }),
  )
}

/**
 * Whether the provider has something to do: an attempt it has not begun, or something it still has that nobody
 * wants, be it let go or never known to us.
 */
export function needsApply(target: Target, sightings: readonly Sighting[]): boolean {
  const seen = new Map(sightings.map(sighting => [sighting.id, sighting]))
  const wanted = new Set(target.replicas.map(replica => replica.id))
  const isBegun = ({ id, attempt }: { id: string; attempt: number }) => {
    const sighting = seen.get(id)
    return sighting !== undefined && sighting.attempt >= attempt && sighting.state !== 'pending'
  }
  return !target.replicas.every(isBegun) || sightings.some(each => !wanted.has(each.id))
}
