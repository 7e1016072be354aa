import type { ConnectionSecrets } from '@/lib/domain/connections/connection'
import { fail, ok, type Result } from '@/lib/domain/result'
import { mayUseAmbientAws, notAllowed } from '@/lib/server/providers/sagemaker/credentials'

/** Ambient credentials are for the team itself, and only where an administrator allowed it. */
export function requireOwnSecrets(secrets: ConnectionSecrets | null, teamSlug: string): Result<null> {
  if (secrets === null || !('ambientFor' in secrets)) return ok(null)
  if (secrets.ambientFor === teamSlug && mayUseAmbientAws(teamSlug)) return ok(null)
  const message = notAllowed(teamSlug)
  return fail('forbidden', message, { fields: { isAmbient: message } })
}
