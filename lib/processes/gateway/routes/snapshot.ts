import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { ROLES } from '@/lib/domain/access/roles'
import { securityLevel } from '@/lib/domain/access/security-schema'
import { TOKEN_SCOPES } from '@/lib/domain/access/tokens'
import { CONNECTION_KINDS } from '@/lib/domain/connections/connection'
import { DESIRED_STATES, ENDPOINT_STATES } from '@/lib/domain/endpoint/state'
import { calls } from '@/lib/domain/network/network'
import type { Queryable } from '@/lib/server/db/client'

const endpointRow = z.object({
  id: z.string(),
  teamId: z.string(),
  team: z.string(),
  name: z.string(),
  desired: z.enum(DESIRED_STATES),
  state: z.enum(ENDPOINT_STATES),
  message: z.string(),
  revision: z.number(),
  security: securityLevel,
  requestTimeoutSeconds: z.number().positive(),
  /** Who calls it, where the provider has closed it to the internet. */
  calls: calls.nullable().default(null),
  /** The provider's own front door, where it has one. */
  upstream: z
    .object({ url: z.url({ protocol: /^https?$/ }), connectionId: z.string() })
    .nullable()
    .default(null),
})
const replicaRow = z.object({
  id: z.string(),
  endpointId: z.string(),
  revision: z.number(),
  address: z.url({ protocol: /^https?$/ }),
  isDraining: z.boolean(),
})
const tokenRow = z.object({
  id: z.string(),
  teamId: z.string(),
  /** SHA-256 in base64. */
  hash: z.string(),
  scope: z.enum(TOKEN_SCOPES),
  role: z.enum(ROLES),
  endpointId: z.string().nullable(),
  expiresAtMs: z.number().nullable(),
})
/** Accounts that endpoints are called with; their secrets stay sealed in here. */
const connectionRow = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(CONNECTION_KINDS),
  /** Each where the kind has one. */
  region: z.string().nullable().default(null),
  tenantId: z.string().nullable().default(null),
  baseUrl: z.string().nullable().default(null),
  sealedSecrets: z.string(),
})
const teamRow = z.object({ id: z.string(), slug: z.string() })

export type EndpointRow = z.infer<typeof endpointRow>
export type ReplicaRow = z.infer<typeof replicaRow>
export type TokenRow = z.infer<typeof tokenRow>

/** All a gateway must know to serve, as one consistent picture. */
export type Snapshot = {
  endpoints: EndpointRow[]
  replicas: ReplicaRow[]
  tokens: TokenRow[]
  teams: z.infer<typeof teamRow>[]
  connections: z.infer<typeof connectionRow>[]
  /** How many rows were left out because they cannot be read: such an endpoint is closed, the others serve. */
  unreadable: number
}

const lists = z.object({
  endpoints: z.array(z.unknown()),
  replicas: z.array(z.unknown()),
  tokens: z.array(z.unknown()),
  teams: z.array(z.unknown()),
  connections: z.array(z.unknown()).default([]),
})

/** @throws Error when the text is not a snapshot at all. */
export function parseSnapshot(text: string): Snapshot {
  const raw = lists.parse(JSON.parse(text))
  let unreadable = 0
  const readable = <T>(schema: z.ZodType<T>, rows: unknown[]): T[] =>
    rows.flatMap(row => {
      const parsed = schema.safeParse(row)
      if (!parsed.success) unreadable++
      return parsed.success ? [parsed.data] : []
    })
  return {
    endpoints: readable(endpointRow, raw.endpoints),
    replicas: readable(replicaRow, raw.replicas),
    tokens: readable(tokenRow, raw.tokens),
    teams: readable(teamRow, raw.teams),
    connections: readable(connectionRow, raw.connections),
    get unreadable() {
      return unreadable
    },
  }
}

export type ReadSnapshot = { text: string; readAt: Date }

/**
 * One statement, so one point in time. Ordered, so that equal content is equal text and nothing is rebuilt for it.
 * A token counts only while its maker is an active member of the team.
 */
export async function readSnapshot(db: Pick<Queryable, 'execute'>): Promise<ReadSnapshot> {
  const result = await db.execute<{ text: string; read_at: Date }>(sql`
    select now() as read_at, json_build_object(
      'endpoints', (select coalesce(json_agg(json_build_object(
          'id', e.id, 'teamId', e.team_id, 'team', t.slug, 'name', e.name, 'desired', e.desired,
          'upstream', case when e.upstream_url is null or e.connection_id is null then null
            else json_build_object('url', e.upstream_url, 'connectionId', e.connection_id) end,
          'state', e.state, 'message', coalesce(e.error_message, e.state_message), 'revision', e.revision,
          'security', r.spec->'security', 'calls', r.spec->'network'->'private'->'calls',
          'requestTimeoutSeconds', r.spec->'advanced'->'requestTimeoutSeconds') order by e.id), '[]')
        from endpoints e
        join teams t on t.id = e.team_id
        join revisions r on r.endpoint_id = e.id and r.number = e.revision
        where e.removed_at is null),
      'replicas', (select coalesce(json_agg(json_build_object(
          'id', r.id, 'endpointId', r.endpoint_id, 'revision', r.revision, 'address', r.address,
          'isDraining', r.draining_at is not null or r.state <> 'running') order by r.id), '[]')
        from replicas r
        where r.state in ('running', 'draining') and r.address is not null and r.stopped_at is null),
      'tokens', (select coalesce(json_agg(json_build_object(
          'id', k.id, 'teamId', k.team_id, 'hash', encode(k.hash, 'base64'), 'scope', k.scope, 'role', m.role,
          'endpointId', k.endpoint_id,
          'expiresAtMs', floor(extract(epoch from k.expires_at) * 1000)::bigint) order by k.id), '[]')
        from tokens k
        join users u on u.id = k.user_id and u.disabled_at is null
        join memberships m on m.user_id = k.user_id and m.team_id = k.team_id
        where k.revoked_at is null and (k.expires_at is null or k.expires_at > now())),
      'teams', (select coalesce(json_agg(json_build_object('id', t.id, 'slug', t.slug) order by t.id), '[]')
        from teams t),
      'connections', (select coalesce(json_agg(json_build_object(
          'id', c.id, 'name', c.name, 'kind', c.settings->>'kind', 'region', c.settings->>'region',
          'tenantId', c.settings->>'tenantId', 'baseUrl', c.settings->>'baseUrl', 'sealedSecrets', c.sealed_secrets)
          order by c.id), '[]')
        from connections c where exists (select from endpoints e
          where e.connection_id = c.id and e.upstream_url is not null and e.removed_at is null))
    )::text as text`)
  const [row] = result.rows
  if (!row) throw new Error('The routes query returned nothing.')
  return { text: row.text, readAt: new Date(row.read_at) }
}
