import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { permissionPolicy } from '@/lib/domain/connections/aws-policy'
import { AwsClients } from '@/lib/server/providers/sagemaker/clients'
import { endpointNameOf } from '@/lib/server/providers/sagemaker/naming'
import { testAccount } from '@/lib/server/services/connections/test-account'
import { createEndpoint } from '@/lib/server/services/endpoints/create-endpoint'
import { keepTheirs } from '@/lib/server/services/endpoints/keep-theirs'
import { pauseEndpoint } from '@/lib/server/services/endpoints/pause-endpoint'
import { removeEndpoint } from '@/lib/server/services/endpoints/remove-endpoint'
import { restoreOurs } from '@/lib/server/services/endpoints/restore-ours'
import { resumeEndpoint } from '@/lib/server/services/endpoints/resume-endpoint'
import { KEYS } from '@/lib/testing/aws/edge'
import { startAwsPlace } from '@/lib/testing/aws/place'
import { sagemakerSpec } from '@/lib/testing/aws/spec'
import { testDataDir } from '@/lib/testing/data-dir'
import { testDatabase } from '@/lib/testing/database'
import { hasPython } from '@/lib/testing/pinned-python'
import { Portal, WAIT } from '@/lib/testing/portal'
import { expectOk } from '@/lib/testing/specs'

testDataDir()
process.env.SLIPWAY_ALLOWED_PRIVATE_HOSTS = '127.0.0.1'
const test = testDatabase()
const NAME = 'bedrock'
const ATTRIBUTES = 'x-amzn-sagemaker-custom-attributes'

/** All of the policy that people are given, but what is no call of its own. */
const POLICY_ACTIONS = permissionPolicy({
  partition: 'aws',
  account: '123456789012',
  region: 'us-east-1',
  roleArn: 'any',
})
  .Statement.filter(({ Sid }) => !Sid.startsWith('AutoScaling'))
  .flatMap(({ Action }) => Action)
  .filter(action => !action.startsWith('iam:'))

describe.runIf(hasPython())('an endpoint in an AWS account, from its connection to its end', () => {
  let place: Awaited<ReturnType<typeof startAwsPlace>>
  let portal: Portal
  let connectionId: string

  beforeAll(async () => {
    place = await startAwsPlace()
    portal = await Portal.start(test)
  }, 300_000)
  afterEach(() => place.edge.reset())
  afterAll(async () => {
    await portal?.stop()
    await place?.edge.stop()
  })

  const settings = (roleArn = place.account.roleArn) => ({
    kind: 'sagemaker' as const,
    region: place.account.region,
    roleArn,
    baseUrl: place.edge.url,
  })
  const connect = (keys: Partial<typeof KEYS> = {}, roleArn = place.account.roleArn) =>
    portal.connect(settings(roleArn), { ...KEYS, ...keys })
  const ref = () => portal.ref(NAME)
  const look = () => portal.look(NAME)
  const becomes = (state: string) => portal.becomes(NAME, state)
  /** The stub does what the caller's attributes say: SageMaker hands them through. */
  const call = (route: string, { headers, ...init }: RequestInit = {}) =>
    portal.call(NAME, '', {
      method: 'POST',
      body: '{"inputs":"hello"}',
      ...init,
      headers: { 'content-type': 'application/json', [ATTRIBUTES]: route, ...headers },
    })

  it('keys, role and permissions are tried before it is kept', async () => {
    const unknown = await connect({ accessKeyId: 'AKIANOBODYATALL0' })
    expect(unknown).toMatchObject({ ok: false, error: { fields: { accessKeyId: expect.any(String) } } })
    const elsewhere = await connect({}, 'arn:aws:iam::999999999999:role/other')
    expect(elsewhere).toMatchObject({
      ok: false,
      error: { fields: { roleArn: expect.stringContaining('of account 123456789012') } },
    })
    place.edge.fate = ({ path }) =>
      path === '/FilterLogEvents'
        ? { status: 400, error: 'AccessDeniedException: not authorized to perform: logs:FilterLogEvents' }
        : 'pass'
    const { id, permissions } = expectOk(await connect())
    connectionId = id
    const said = Object.fromEntries(permissions.map(({ label, allowed }) => [label, allowed]))
    expect(said).toEqual({
      'see endpoints and their state': 'yes',
      'create endpoints': 'yes',
      'change endpoints': 'yes',
      'delete endpoints': 'yes',
      'read logs': 'no',
      'read metrics': 'yes',
      'scale endpoints by load': 'yes',
      'scale endpoints to zero, and wake them': 'yes',
      'see hardware and prices': 'yes',
      'see quotas': 'yes',
      'call endpoints': 'yes',
      'look at endpoints that were there before, and call them': 'no',
      'let containers run as the role': 'yes',
    })
    expect([...place.edge.iam.asked]).toEqual(expect.arrayContaining(POLICY_ACTIONS))
    expect(permissions.find(({ id }) => id === 'logs')?.advice).toContain('logs:FilterLogEvents')
    expect(await place.names()).toEqual([])
  })

  it.each([
    ['AccessDeniedException: not authorized to perform: iam:PassRole on resource: role', /Add iam:PassRole/],
    ['ValidationException: Could not assume role. Please ensure that it exists.', /trust policy/],
  ])('what the role lacks is told: %s', async (error, advice) => {
    place.edge.fate = ({ path }) => (path === '/CreateModel' ? { status: 400, error } : 'pass')
    const permissions = expectOk(await testAccount(settings(), KEYS))
    const create = permissions.find(({ id }) => id === 'create')
    const role = permissions.find(({ id }) => id === 'pass-role')
    expect([create?.allowed, role?.allowed, role?.advice]).toEqual([
      'yes',
      'no',
      expect.stringMatching(advice),
    ])
  })

  it('a model runs there, and its answers come through the gateway', async () => {
    const { secretNames: _, ...spec } = sagemakerSpec({ GREETING: 'from AWS' })
    const hardware = { ...spec.hardware, connection: connectionId }
    const wanted = {
      team: portal.team.slug,
      name: NAME,
      spec: { ...spec, hardware },
      secrets: {},
      sentType: null,
    }
    expectOk(await createEndpoint(portal.owner.ctx, wanted))
    await becomes('running')
    await expect.poll(async () => (await call('/env')).status, WAIT).toBe(200)
    expect(await (await call('/env')).json()).toMatchObject({ GREETING: 'from AWS' })
    expect((await call('/env', { headers: { authorization: 'Bearer nobody' } })).status).toBe(401)
  }, 150_000)

  it('a large body is signed as a whole, and only POST is taken', async () => {
    const body = JSON.stringify({ inputs: 'x'.repeat(400_000) })
    expect((await call('/pid', { body })).status).toBe(200)
    const read = await portal.call(NAME, '')
    expect(read.status).toBe(405)
    expect(read.headers.get('allow')).toBe('POST')
  })

  it('a model’s error keeps its own status; what AWS refuses is no error of the caller', async () => {
    const missing = await call('/no-such-route')
    expect(missing.status).toBe(404)
    expect(await missing.text()).toBe('no such route')
    const refuse = async (status: number, error: string) => {
      place.edge.fate = ({ path }) => (path === '/InvokeEndpoint' ? { status, error } : 'pass')
      const answer = await call('/env')
      return [answer.status, JSON.stringify(await answer.json())]
    }
    const expired = await refuse(403, 'ExpiredTokenException: The security token is expired.')
    expect(expired).toEqual([502, expect.stringContaining('under Connections')])
    expect(
      (await refuse(400, 'ValidationError: Endpoint of account 123456789012 not found.'))[1],
    ).not.toContain('123456789012')
    expect((await refuse(429, 'ThrottlingException: slow down'))[0]).toBe(429)
  })

  it('a stream comes piece by piece, and one that breaks is broken off', async () => {
    const stream = { body: '{"inputs":"hello","stream":true}' }
    const answer = await call('/drip', stream)
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader?.read())?.value).toBe('data: one\n\n')
    await call('/drop')
    expect((await reader?.read())?.value).toBe('data: two\n\n')
    expect((await reader?.read())?.done).toBe(true)

    const broken = (await call('/drip', stream)).body?.getReader()
    await broken?.read()
    await call('/drop?break')
    await expect(broken?.read()).rejects.toThrow()
  })

  it('keys are in no file of the gateway, and in no answer of the portal', async () => {
    const saved = () => readFileSync(join(portal.gateway.dataDir, 'gateway', 'routes.json'), 'utf8')
    await expect.poll(saved, WAIT).toContain(connectionId)
    for (const text of [saved(), JSON.stringify(await look())]) {
      expect(text).not.toContain(KEYS.secretAccessKey)
      expect(text).not.toContain(KEYS.accessKeyId)
    }
  })

  it('what is changed in the account’s own console is said, kept without a call, or put back', async () => {
    const { id } = await look()
    const EndpointName = endpointNameOf({ endpointId: id, endpointName: NAME })
    const outside = await new AwsClients(place.account).sagemaker()
    const scale = (DesiredInstanceCount: number) =>
      outside.updateEndpointWeightsAndCapacities({
        EndpointName,
        DesiredWeightsAndCapacities: [{ VariantName: 'r1', DesiredInstanceCount }],
      })
    const sentence = async () => (await look()).drift?.sentence ?? null
    const seen = async () => ({ ...ref(), since: (await look()).drift?.since ?? '' })
    const changing = () =>
      place.edge.calls.filter(call => /\/(Create|Update|Delete)\w*Endpoint\w*$/.test(call)).length

    await scale(2)
    await expect.poll(sentence, WAIT).toBe('Changed outside Slipway: 2 replicas there, 1 here.')
    const before = changing()
    const kept = expectOk(await keepTheirs(portal.owner.ctx, await seen()))
    expect(kept).toMatchObject({ revision: 2, drift: null })
    await expect.poll(async () => (await look()).servingRevision, WAIT).toBe(2)
    expect(changing()).toBe(before)

    await outside.deleteEndpoint({ EndpointName })
    await expect.poll(sentence, WAIT).toBe('Paused outside Slipway.')
    await expect.poll(() => place.edge.hosting.livingInstances, WAIT).toBe(0)
    expectOk(await restoreOurs(portal.owner.ctx, await seen()))
    await becomes('running')
    await expect.poll(() => place.edge.hosting.livingInstances, WAIT).toBe(2)
    expect(await look()).toMatchObject({ drift: null, revision: 2, errorMessage: null })
  }, 150_000)

  it('paused it costs nothing, resumed it answers again, and deleted it leaves nothing', async () => {
    expectOk(await pauseEndpoint(portal.owner.ctx, ref()))
    await becomes('paused')
    await expect.poll(() => place.edge.hosting.livingInstances, WAIT).toBe(0)
    expectOk(await resumeEndpoint(portal.owner.ctx, ref()))
    await becomes('running')
    await expect.poll(async () => (await call('/env')).status, WAIT).toBe(200)
    const { id } = await look()
    expectOk(await removeEndpoint(portal.owner.ctx, ref()))
    await portal.isRemoved(id)
    expect(await place.names()).toEqual([])
  }, 250_000)
})
