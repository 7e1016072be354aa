import { z } from 'zod'
import type { PermissionResult } from '@/lib/domain/connections/connection'
import { ProviderError } from '../port'
import type { HfClient } from './client'
import { HfRefusal } from './refusal'

const READ = 'inference.endpoints.read'
const WRITE = 'inference.endpoints.write'
const INFER = 'inference.endpoints.infer.write'
const HOSTED = 'inference.serverless.write'
const REPOS = 'repo.write'

const whoami = z.object({
  name: z.string(),
  orgs: z.array(z.object({ name: z.string() })).default([]),
  auth: z
    .object({
      accessToken: z
        .object({
          role: z.string().optional(),
          fineGrained: z
            .object({
              global: z.array(z.string()).default([]),
              scoped: z.array(
                z.object({
                  entity: z.object({ name: z.string().optional() }).optional(),
                  permissions: z.array(z.string()),
                }),
              ),
            })
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
    ...TOLD.map(told => toldResult(told, identity, namespace)),
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

/** What cannot be tried without calling, paying or making something: what the token says of itself has to do. */
const TOLD = [
  { id: 'infer', label: 'call endpoints', scope: INFER, roles: ['write', 'god'], only: '' },
  {
    id: 'hosted',
    label: 'call hosted models',
    scope: HOSTED,
    roles: ['read', 'write', 'god'],
    only: ', for “Try it first” only',
  },
  {
    id: 'spaces',
    label: 'push demos as Spaces',
    scope: REPOS,
    roles: ['write', 'god'],
    only: ', for “Share a demo” only',
  },
] as const

function toldResult(
  { id, label, scope, roles, only }: (typeof TOLD)[number],
  { auth }: Whoami,
  namespace: string,
): PermissionResult {
  const { role, fineGrained } = auth?.accessToken ?? {}
  const isOf = (name: string | undefined) => !name || name.toLowerCase() === namespace.toLowerCase()
  // Hosted models are paid by whoever the token is of, the rest belongs to the namespace.
  const scoped = fineGrained?.scoped.filter(({ entity }) => scope === HOSTED || isOf(entity?.name)) ?? []
  const scopes = [...(fineGrained?.global ?? []), ...scoped.flatMap(({ permissions }) => permissions)]
  if (roles.some(known => known === role) || scopes.includes(scope))
    return { id, label, allowed: 'yes', advice: null }
  if (fineGrained || role === 'read')
    return { id, label, allowed: 'no', advice: `Add ${scope} to the token${only}.` }
  return { id, label, allowed: 'unknown', advice: 'The token does not say; the first call will.' }
}
