import type { ConnectionKind, ConnectionSecrets } from '@/lib/domain/connections/connection'
import { fail, ok, type Result } from '@/lib/domain/result'
import { mayUseAmbientAzure, notAllowed as notAllowedAzure } from '@/lib/server/providers/azure-ml/ambient'
import { mayUseAmbientAws, notAllowed as notAllowedAws } from '@/lib/server/providers/sagemaker/credentials'

type Given = { settings: { kind: ConnectionKind }; secrets: ConnectionSecrets | null }

/** Ambient credentials are for the team itself, and only where an administrator allowed it. */
export function requireOwnSecrets({ settings, secrets }: Given, teamSlug: string): Result<null> {
  if (secrets === null || !('ambientFor' in secrets)) return ok(null)
  const isAzure = settings.kind === 'azure-ml'
  const isAllowed = isAzure ? mayUseAmbientAzure(teamSlug) : mayUseAmbientAws(teamSlug)
  if (secrets.ambientFor === teamSlug && isAllowed) return ok(null)
  const message = isAzure ? notAllowedAzure(teamSlug) : notAllowedAws(teamSlug)
  return fail('forbidden', message, { fields: { isAmbient: message } })
}
