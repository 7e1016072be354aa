import type { Problem } from '../port'

/** Names that say what a replica runs and where; a user's value would contradict the spec. */
const CONTRACT = new Set([
  'PATH',
  'HOME',
  'HOST',
  'PORT',
  'HF_MODEL_ID',
  'HF_MODEL_DIR',
  'HF_REVISION',
  'HF_TASK',
  'HF_ENDPOINT',
  'HF_HOME',
  'TMPDIR',
  'ORT_DISABLE_TELEMETRY',
])
/**
 * Names by which Node, OpenSSL, the C library or the dynamic linker load code. On this provider a replica runs as
 * Slipway's own user, so whoever may set them could run anything as that user.
 */
const CODE_LOADING = ['NODE_', 'LD_', 'DYLD_', 'OPENSSL_', 'SSL_', 'GCONV_', 'UV_']
const OWN = 'SLIPWAY_'

/** Why a variable of this name cannot be set; null when it can. */
export function refuseVariable(name: string): string | null {
  const upper = name.toUpperCase()
  if (CONTRACT.has(upper) || upper.startsWith(OWN)) {
    return `${name} is set by Slipway itself; remove it.`
  }
  if (CODE_LOADING.some(prefix => upper.startsWith(prefix))) {
    return `${name} changes which code runs on this machine, so it cannot be set here; remove it.`
  }
  return null
}

export function checkVariables(
  env: Readonly<Record<string, string>>,
  secretNames: readonly string[],
): Problem[] {
  const values = Object.entries(env).flatMap(([name, value]): Problem[] => {
    const message =
      refuseVariable(name) ?? (value.includes('\0') ? `${name} holds a zero byte; remove it.` : null)
    return message === null ? [] : [{ field: `advanced.env.${name}`, message }]
  })
  const secrets = secretNames.flatMap((name): Problem[] => {
    const message = refuseVariable(name)
    return message === null ? [] : [{ field: `secrets.${name}`, message }]
  })
  return [...values, ...secrets]
}

/** The whole environment of a replica, made from nothing: the machine's, then the user's, then the contract's. */
export function replicaEnvironment(parts: {
  base: Readonly<Record<string, string>>
  user: Readonly<Record<string, string>>
  secrets: Readonly<Record<string, string>>
  contract: Readonly<Record<string, string>>
}): Record<string, string> {
  const own = Object.entries({ ...parts.user, ...parts.secrets }).filter(
    ([name, value]) => refuseVariable(name) === null && !value.includes('\0'),
  )
  return { ...parts.base, ...Object.fromEntries(own), ...parts.contract }
}
