import type { SecretsInput } from '@/lib/domain/endpoint/spec'
import { fail, ok, type Result } from '@/lib/domain/result'
import { open, seal } from '@/lib/server/secrets/seal'

export type SealedSecrets = Record<string, string>

const contextOf = (endpointId: string): string => `endpoint:${endpointId}`

export const openSecret = (sealed: string, endpointId: string): string => open(sealed, contextOf(endpointId))

/** Seals what was given and keeps what `null` refers to; a `null` with nothing to keep is refused. */
export function sealSecrets(
  endpointId: string,
  input: SecretsInput,
  earlier: SealedSecrets,
): Result<SealedSecrets> {
  const sealed: SealedSecrets = {}
  for (const [name, value] of Object.entries(input)) {
    const kept = earlier[name]
    if (value === null && kept === undefined) {
      const message = `The secret ${name} has no value yet: give one.`
      return fail('invalid', message, { fields: { [`secrets.${name}`]: message } })
    }
    sealed[name] = value === null ? (kept ?? '') : seal(value, contextOf(endpointId))
  }
  return ok(sealed)
}
