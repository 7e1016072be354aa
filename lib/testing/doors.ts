import { sampleSpec } from './specs'

/**
 * Every way into the portal that is not a page: each API route and method, each server action, and whom it lets
 * in. A test proves the list complete against the source, another against the build's manifests, and asks every
 * door the same questions. A new route or action needs a line here.
 */
export type Asks =
  /** Nobody is asked: next-auth itself, the health check. */
  | 'nobody'
  /** A valid token or session, of whatever team. */
  | 'anybody'
  /** A signed-in person, not a token. */
  | 'person'
  /** The team: any role, a token that reads. */
  | 'read'
  /** The team, and only people in it. */
  | 'team-person'
  /** The team: not viewers, not tokens that only read. */
  | 'write'

export type RouteDoor = {
  /** As in Next's manifests: `/api/teams/[team]/tokens`. */
  route: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  asks: Asks
  query?: string
  body?: unknown
}

const TEAM = '/api/teams/[team]'
const ENDPOINT = `${TEAM}/endpoints/[endpoint]`
const HF = '/v2/endpoint/[namespace]'

export const HF_CREATE_BODY = {
  compute: {
    accelerator: 'cpu',
    instanceSize: 'x1',
    instanceType: 'cpu',
    scaling: { maxReplica: 1, minReplica: 1, scaleToZeroTimeout: null },
  },
  model: {
    framework: 'pytorch',
    repository: 'slipway/sample-sentiment',
    revision: null,
    image: { huggingface: {} },
  },
  name: 'by-api',
  provider: { region: 'this-machine', vendor: 'local' },
  type: 'authenticated',
}

/** Of a drift that is not there: refused after the right was asked. */
const SINCE = '2026-01-31T12:00:00Z'

const get = (route: string, asks: Asks, query = ''): RouteDoor => ({ route, method: 'GET', asks, query })

/** What has no route of its own: 404 in JSON. */
const MISSING = ['/api', '/v2', '/v3'].flatMap(door =>
  (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).map(
    (method): RouteDoor => ({ route: `${door}/[...missing]`, method, asks: 'nobody' }),
  ),
)

/** In an order in which each can be asked of one endpoint that exists: the one that deletes it comes last. */
export const ROUTE_DOORS: readonly RouteDoor[] = [
  get('/api/health', 'nobody'),
  get('/api/auth/[...nextauth]', 'nobody'),
  { route: '/api/auth/[...nextauth]', method: 'POST', asks: 'nobody' },
  ...MISSING,
  get('/api/whoami-v2', 'anybody'),
  get('/api/profile', 'person'),
  get('/api/profile/sessions', 'person'),
  get(`${TEAM}/analytics`, 'read'),
  get(`${TEAM}/catalog`, 'read'),
  get(`${TEAM}/connections`, 'read'),
  get(`${TEAM}/connections/[connectionId]/endpoints`, 'write'),
  get(`${TEAM}/hub/folders`, 'write'),
  get(`${TEAM}/hub/model`, 'read', '?repository=acme/model'),
  get(`${TEAM}/hub/models`, 'read', '?search=x'),
  {
    route: `${TEAM}/hub/try`,
    method: 'POST',
    asks: 'write',
    query: '?repository=acme/model&task=fill-mask&connectionId=00000000-0000-4000-8000-000000000000',
    body: { inputs: 'x' },
  },
  get(`${TEAM}/reach`, 'write', '?address=nowhere.invalid'),
  get(`${TEAM}/tokens`, 'team-person'),
  get(`${TEAM}/endpoints`, 'read'),
  get(ENDPOINT, 'read'),
  {
    route: `${ENDPOINT}/drift`,
    method: 'POST',
    asks: 'write',
    body: { resolution: 'keep', since: SINCE },
  },
  get(`${ENDPOINT}/demo`, 'read', '?kind=gradio'),
  get(`${ENDPOINT}/events`, 'read'),
  get(`${ENDPOINT}/revisions`, 'read'),
  get(`${ENDPOINT}/analytics/export`, 'read', '?chart=requests'),
  get(`${ENDPOINT}/analytics/hardware`, 'read'),
  get(`${ENDPOINT}/analytics/native`, 'read'),
  get(`${ENDPOINT}/analytics/records`, 'read'),
  get(`${ENDPOINT}/analytics/replicas`, 'read'),
  get(`${ENDPOINT}/analytics/requests`, 'read'),
  get(`${ENDPOINT}/logs`, 'read'),
  get(`${ENDPOINT}/logs/density`, 'read'),
  get(`${ENDPOINT}/logs/download`, 'read'),
  get(`${ENDPOINT}/logs/request`, 'read', '?id=abcd-1234'),
  get(`${ENDPOINT}/logs/search`, 'read', '?text=x'),
  get(`${ENDPOINT}/logs/stream`, 'read'),
  get('/v2/provider', 'anybody'),
  get('/v2/provider/[namespace]', 'read'),
  get(HF, 'read'),
  { route: HF, method: 'POST', asks: 'write', body: HF_CREATE_BODY },
  get(`${HF}/[name]`, 'read'),
  get(`${HF}/[name]/logs`, 'read'),
  get(`${HF}/[name]/logs/sse`, 'read'),
  get('/v3/endpoint/[namespace]/[name]/logs', 'read'),
  {
    route: `${HF}/[name]/metrics`,
    method: 'POST',
    asks: 'read',
    body: { start: '2026-01-31T12:00:00Z', stop: '2026-01-31T13:00:00Z' },
  },
  get(`${HF}/[name]/open-metrics`, 'read'),
  get(`${HF}/[name]/replica`, 'read'),
  { route: `${HF}/[name]`, method: 'PUT', asks: 'write', body: { tags: ['changed'] } },
  { route: `${HF}/[name]/pause`, method: 'POST', asks: 'write' },
  { route: `${HF}/[name]/resume`, method: 'POST', asks: 'write' },
  { route: `${HF}/[name]/scale-to-zero`, method: 'POST', asks: 'write' },
  { route: `${HF}/[name]`, method: 'DELETE', asks: 'write' },
]

export type ActionDoor = {
  /** File below `lib/actions`, and its export. */
  file: string
  name: string
  asks: Extract<Asks, 'person' | 'team-person' | 'write'>
  input: (of: {
    team: string
    endpoint: string
    tokenId: string
    connectionId: string
    sessionId: string
  }) => unknown
}

/** An account that is refused before anything is asked of it. */
export const NOWHERE = { kind: 'huggingface', namespace: 'acme', baseUrl: 'http://127.0.0.1:1' } as const

const connectionOf = ({ team, connectionId }: { team: string; connectionId: string }) => ({
  team,
  connectionId,
})
const ref = ({ team, endpoint }: { team: string; endpoint: string }) => ({ team, endpoint })

/** The one that ends the asking session comes last. */
export const ACTION_DOORS: readonly ActionDoor[] = [
  {
    file: 'endpoints',
    name: 'createEndpoint',
    asks: 'write',
    input: ({ team }) => ({ team, name: 'by-action', spec: sampleSpec() }),
  },
  {
    file: 'endpoints',
    name: 'updateEndpoint',
    asks: 'write',
    input: of => ({ ...ref(of), baseRevision: 1, spec: sampleSpec({ security: { level: 'public' } }) }),
  },
  { file: 'endpoints', name: 'createPlaygroundToken', asks: 'write', input: ref },
  { file: 'endpoints', name: 'pauseEndpoint', asks: 'write', input: ref },
  { file: 'endpoints', name: 'resumeEndpoint', asks: 'write', input: ref },
  { file: 'endpoints', name: 'scaleEndpointToZero', asks: 'write', input: ref },
  {
    file: 'endpoints',
    name: 'adoptEndpoint',
    asks: 'write',
    input: of => ({ ...connectionOf(of), name: 'any' }),
  },
  { file: 'endpoints', name: 'manageEndpoint', asks: 'write', input: ref },
  { file: 'endpoints', name: 'releaseEndpoint', asks: 'write', input: ref },
  { file: 'endpoints', name: 'keepTheirs', asks: 'write', input: of => ({ ...ref(of), since: SINCE }) },
  { file: 'endpoints', name: 'restoreOurs', asks: 'write', input: of => ({ ...ref(of), since: SINCE }) },
  {
    file: 'demos',
    name: 'pushSpace',
    asks: 'write',
    input: of => ({
      ...ref(of),
      connectionId: of.connectionId,
      kind: 'gradio',
      name: 'by-action',
      visibility: 'private',
      confirm: 'not confirmed',
    }),
  },
  { file: 'endpoints', name: 'removeEndpoint', asks: 'write', input: ref },
  {
    file: 'tokens',
    name: 'createToken',
    asks: 'write',
    input: ({ team }) => ({ team, name: 'by action', scope: 'write' }),
  },
  {
    file: 'connections',
    name: 'createConnection',
    asks: 'write',
    input: ({ team }) => ({
      team,
      name: 'by action',
      settings: NOWHERE,
      secrets: { token: 'hf_by_action' },
    }),
  },
  {
    file: 'connections',
    name: 'updateConnection',
    asks: 'write',
    input: of => ({ ...connectionOf(of), name: 'renamed', settings: NOWHERE, secrets: null }),
  },
  { file: 'connections', name: 'testConnection', asks: 'write', input: connectionOf },
  { file: 'connections', name: 'removeConnection', asks: 'write', input: connectionOf },
  { file: 'tokens', name: 'revokeToken', asks: 'write', input: ({ team, tokenId }) => ({ team, tokenId }) },
  { file: 'profile', name: 'renameProfile', asks: 'person', input: () => ({ name: 'Renamed' }) },
  {
    file: 'profile',
    name: 'changePassword',
    asks: 'person',
    input: () => ({ currentPassword: 'not this one', newPassword: 'a new password' }),
  },
  { file: 'profile', name: 'revokeSession', asks: 'person', input: ({ sessionId }) => ({ sessionId }) },
  { file: 'profile', name: 'signOutEverywhere', asks: 'person', input: () => ({}) },
]
