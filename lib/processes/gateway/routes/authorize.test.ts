import { describe, expect, it } from 'vitest'
import { authorize } from './authorize'
import { unavailability } from './availability'
import type { TokenRoute } from './routing-table'

const token = (over: Partial<TokenRoute> = {}): TokenRoute => ({
  kind: 'token',
  id: 'token-1',
  teamId: 'team-1',
  hash: '',
  scope: 'infer',
  role: 'member',
  endpointId: null,
  expiresAtMs: null,
  ...over,
})
const endpoint = (over: object = {}) => ({
  id: 'endpoint-1',
  teamId: 'team-1',
  name: 'sample',
  desired: 'present' as const,
  security: { level: 'protected' as const },
  ...over,
})
const PUBLIC = { security: { level: 'public' } }
const PRIVATE = { security: { level: 'private', allowedRanges: ['10.0.0.0/8', '2001:db8::/32'] } }
const status = (...args: Parameters<typeof authorize>) => authorize(...args)?.status ?? 'allowed'

describe('who may call an endpoint', () => {
  it('is anybody where it is public, with any token or none', () => {
    expect(status(endpoint(PUBLIC), null, '1.2.3.4')).toBe('allowed')
    expect(status(endpoint(PUBLIC), token({ teamId: 'team-2', scope: 'read' }), '1.2.3.4')).toBe('allowed')
  })

  it('without a valid token looks the same whether the endpoint exists or not', () => {
    const answers = [endpoint(), endpoint(PRIVATE), endpoint({ ...PUBLIC, desired: 'absent' }), null].map(
      each => authorize(each, null, '10.0.0.1'),
    )
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(answers[0]?.status).toBe(401)
    expect(answers[0]?.headers).toContain('WWW-Authenticate')
  })

  it('with another team’s token looks like nothing', () => {
    const foreign = token({ teamId: 'team-2', scope: 'write' })
    expect(authorize(endpoint(), foreign, '10.0.0.1')).toEqual(authorize(null, foreign, '10.0.0.1'))
    expect(status(endpoint(PRIVATE), foreign, '10.0.0.1')).toBe(404)
    expect(status(endpoint({ desired: 'absent' }), token(), '10.0.0.1')).toBe(404)
  })

  it('is a token of the team with infer or write', () => {
    expect(status(endpoint(), token(), '1.2.3.4')).toBe('allowed')
    expect(status(endpoint(), token({ scope: 'write' }), '1.2.3.4')).toBe('allowed')
    expect(status(endpoint(), token({ endpointId: 'endpoint-1' }), '1.2.3.4')).toBe('allowed')
  })

  it('is told what is missing within one’s own team', () => {
    expect(authorize(endpoint(), token({ scope: 'read' }), '1.2.3.4')).toMatchObject({
      status: 403,
      message: expect.stringContaining('missing permissions: inference.endpoints.infer.write'),
    })
    expect(status(endpoint(), token({ role: 'viewer' }), '1.2.3.4')).toBe(403)
    expect(status(endpoint(), token({ endpointId: 'endpoint-2' }), '1.2.3.4')).toBe(403)
  })

  it('must also call from an allowed address where it is private', () => {
    expect(status(endpoint(PRIVATE), token(), '10.1.2.3')).toBe('allowed')
    expect(status(endpoint(PRIVATE), token(), '2001:db8::5')).toBe('allowed')
    expect(status(endpoint(PRIVATE), token(), '192.0.2.1')).toBe(403)
    expect(status(endpoint(PRIVATE), token(), '')).toBe(403)
    expect(status(endpoint(PRIVATE), null, '10.1.2.3')).toBe(401)
  })
})

describe('an endpoint that cannot answer', () => {
  const facts = { name: 'sample', desired: 'present', state: 'running', message: '', replicas: [] } as const
  const replicas = [{}] as unknown as Parameters<typeof unavailability>[0]['replicas']

  it('says that it is paused in Hugging Face’s words, even while replicas still stop', () => {
    expect(unavailability({ ...facts, desired: 'paused', replicas })).toMatchObject({
      status: 400,
      message: expect.stringMatching(/^Bad Request: Invalid state: sample is paused\./),
    })
  })

  it('asks to come back while it starts', () => {
    const answer = unavailability({ ...facts, state: 'initializing', message: 'Downloading 40 %.' })
    expect(answer?.status).toBe(503)
    expect(answer?.message).toBe('sample is starting (Downloading 40 %). Try again shortly.')
    expect(answer?.headers).toEqual(['Retry-After', '5'])
  })

  it('does not ask to come back when it has failed', () => {
    const answer = unavailability({ ...facts, state: 'failed', message: 'Out of memory.' })
    expect(answer).toMatchObject({ status: 503, headers: [] })
    expect(answer?.message).toContain('Out of memory')
  })

  it('answers whatever its state while it has a replica', () => {
    for (const state of ['running', 'updating', 'updateFailed', 'failed'] as const) {
      expect(unavailability({ ...facts, state, replicas })).toBeNull()
    }
  })
})
