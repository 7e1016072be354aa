import { z } from 'zod'
import type { PermissionResult } from '@/lib/domain/connections/connection'
import { ProviderError } from '../port'
import type { HfClient } from './client'
import { HfRefusal } from './refusal'

const READ = 'inference.endpoints.read'
const WRITE = 'inference.endpoints.write'
const INFER = 'inference.endpoints.infer.write'

const whoami = z.object({
  name: z.string(),
  orgs: z.array(z.object({ name: z.string() })).default([]),
  auth: z
    .object({
      accessToken: z
        .object({
          role: z.string().optional(),
          fineGrained: z
            .object({ scoped: z.array(z.object({ permissions: z.array(z.string()) })) })
            .optional(),
        })
        .optional(),
    })
    .optional(),
})
type Whoami = z.infer<typeof whoami>

/** No endpoint is called that: asking for its log says whether we may, without there being one. */
const NOBODY = 'slipway-permission-test'

/**
 * Tries each permission by a call that changes nothing. @throws ProviderError where the token itself or the server
 * is the trouble: then nothing can be said of any of them.
 */
export async function testPermissions(client: HfClient, signal?: AbortSignal): Promise<PermissionResult[]> {
  const { namespace } = client.account
  const at = `/v2/endpoint/${namespace}`
  const options = signal ? { signal } : {}
  const identity = await client.read('/api/whoami-v2', whoami, { ...options, on: 'hub' })
  requireNamespace(identity, namespace, client.host)
  const [read, hardware, write, logs] = await Promise.all([
    allows(client.send(`${at}?limit=1`, options)),
    allows(client.send(`/v2/provider/${namespace}`, options)),
    // An empty body is refused for what it is only after the right was checked.
    allows(client.send(at, { ...options, method: 'POST', body: {} }), [400, 422]),
    allows(client.send(`/v3/endpoint/${namespace}/${NOBODY}/logs?limit=1`, options), [404]),
  ])
  return [
    result('read', 'see endpoints and their state', read, READ),
    result('hardware', 'see hardware, prices and quota', hardware, READ),
    result('write', 'create, change and delete endpoints', write, WRITE),
    result('logs', 'read logs', logs, READ),
    inferResult(identity),
  ]
}

function requireNamespace({ name, orgs }: Whoami, namespace: string, host: string): void {
  const known = [name, ...orgs.map(org => org.name)]
  if (known.some(candidate => candidate.toLowerCase() === namespace.toLowerCase())) return
  throw new ProviderError(
    'permission',
    `This token of ${name} at ${host} is not for ${namespace}; it knows ${known.join(', ')}.`,
  )
}

/** `expected`: refusals that come after the right was granted. */
async function allows(call: Promise<unknown>, expected: readonly number[] = []): Promise<boolean> {
  try {
    await call
    return true
  } catch (error) {
    if (error instanceof HfRefusal && expected.includes(error.status)) return true
    if (error instanceof HfRefusal && error.code === 'permission') return false
    throw error
  }
}

const result = (id: string, label: string, isAllowed: boolean, scope: string): PermissionResult => ({
  id,
  label,
  allowed: isAllowed ? 'yes' : 'no',
  advice: isAllowed ? null : `Add ${scope} to the token.`,
})

/** Calling cannot be tried without an endpoint; what the token says of itself has to do. */
function inferResult({ auth }: Whoami): PermissionResult {
  const base = { id: 'infer', label: 'call endpoints' }
  const { role, fineGrained } = auth?.accessToken ?? {}
  const scopes = fineGrained?.scoped.flatMap(entry => entry.permissions) ?? []
  if (role === 'write' || role === 'god' || scopes.includes(INFER))
    return { ...base, allowed: 'yes', advice: null }
  if (fineGrained || role === 'read') return { ...base, allowed: 'no', advice: `Add ${INFER} to the token.` }
  return { ...base, allowed: 'unknown', advice: 'The token does not say; the first call will.' }
}
