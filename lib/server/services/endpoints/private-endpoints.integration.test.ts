import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Network } from '@/lib/domain/network/network'
import { sealingKey } from '@/lib/server/secrets/key'
import { makePerson, makeTeam, type TestTeam } from '@/lib/testing/access'
import { insertConnection } from '@/lib/testing/connection'
import { testDataDir } from '@/lib/testing/data-dir'
import { testDatabase } from '@/lib/testing/database'
import { GatewayProcess } from '@/lib/testing/gateway'
import { hubSpec } from '@/lib/testing/hub-spec'
import { Listener } from '@/lib/testing/listener'
import { expectOk, sampleSpec } from '@/lib/testing/specs'
import { createToken } from '../access/create-token'
import { downloadDemo } from '../demos/download-demo'
import { pushSpace } from '../demos/push-space'
import { askGateways } from '../network/ask-gateways'
import { watchAddresses } from '../network/watch-addresses'
import { createEndpoint } from './create-endpoint'
import { createFromHf } from './create-from-hf'
import { createPlaygroundToken } from './create-playground-token'
import { getEndpoint } from './get-endpoint'
import { listEvents } from './list-events'
import { pauseEndpoint } from './pause-endpoint'
import { updateEndpoint } from './update-endpoint'

testDataDir()
process.env.SLIPWAY_ALLOWED_PRIVATE_HOSTS = '127.0.0.1'
const test = testDatabase()
const WAIT = { timeout: 40_000, interval: 50 }
/** Nobody listens there: hardware comes from the built-in table. */
const NOWHERE = { kind: 'huggingface' as const, namespace: 'acme', baseUrl: 'http://127.0.0.1:1' }
const link = {
  kind: 'huggingface' as const,
  awsAccount: '123456789012',
  isShared: false,
  entryRegion: null,
}
const DIRECT: Network = { private: { link, calls: { by: 'direct' } } }

let gateway: GatewayProcess
let open: Listener
let address: string
let team: TestTeam
let owner: Awaited<ReturnType<typeof makePerson>>
let connection: string

beforeAll(async () => {
  open = await new Listener().start()
  address = open.address
  team = await makeTeam(test.db)
  owner = await makePerson(test.db, team, 'owner')
  connection = await insertConnection(test.db, team, NOWHERE)
  gateway = await new GatewayProcess(test.url, {
    SLIPWAY_ALLOWED_PRIVATE_HOSTS: '127.0.0.1',
    SLIPWAY_SECRET_KEY: sealingKey().toString('base64'),
  }).start()
  const isAsked = async () => expect(await askGateways(test.db, address)).toBe('reachable')
  await vi.waitFor(isAsked, WAIT)
})
afterAll(async () => {
  await gateway?.dispose()
  await open?.close()
})

const specWith = (network: Network | undefined) => {
  const { secretNames: _, ...spec } = hubSpec({}, connection)
  return {
    ...spec,
    hardware: { ...spec.hardware, region: 'us-east-1', instanceType: 'aws-us-east-1-intel-spr-x1' },
    ...(network ? { network } : {}),
  }
}
const create = (name: string, network: Network | undefined) =>
  createEndpoint(owner.ctx, { team: team.slug, name, spec: specWith(network), secrets: {}, sentType: null })
const by = (where: string): Network => ({ private: { link, calls: { by: 'gateway', address: where } } })

describe('an endpoint that its provider closes to the internet', () => {
  it('is accepted for the gateway only where the gateway reaches it', async () => {
    expectOk(await create('reached', by(address)))
    const refused = await create('unreached', by('127.0.0.1:1'))
    expect(refused).toMatchObject({
      ok: false,
      error: {
        code: 'invalid',
        fields: { 'network.private.calls': expect.stringMatching(/refuses connections.*direct only/) },
      },
    })
  })

  it('can always be direct only, and be given to the gateway once it reaches it', async () => {
    const made = expectOk(await create('direct', DIRECT))
    const change = (network: Network | undefined) =>
      updateEndpoint(owner.ctx, {
        team: team.slug,
        endpoint: 'direct',
        baseRevision: made.revision,
        spec: specWith(network),
        secrets: {},
        sentType: null,
      })
    expect(await change(by('127.0.0.1:1'))).toMatchObject({ ok: false, error: { code: 'invalid' } })
    // Hugging Face makes the service with the endpoint.
    expect(await change(undefined)).toMatchObject({
      error: { fields: { 'network.private.link': expect.stringContaining('Create a new one') } },
    })
    expect(expectOk(await change(by(address))).revision).toBe(2)
  })

  it('is looked at again: who has its page reads since when the gateway is cut off, and why', async () => {
    const place = await new Listener().start()
    expectOk(await create('watched', by(place.address)))
    const ref = { team: team.slug, endpoint: 'watched' }
    const look = async () => expectOk(await getEndpoint(owner.ctx, ref)).unreached
    const told = async () =>
      expectOk(await listEvents(owner.ctx, { ...ref, limit: 50 }))
        .items.map(({ kind }) => kind)
        .filter(kind => kind.startsWith('address'))
    const lookAgain = async () => {
      await watchAddresses(test.db)
      return await look()
    }
    expect(await lookAgain()).toBeNull()

    await place.close()
    await expect.poll(lookAgain, WAIT).not.toBeNull()
    const lost = await look()
    expect(lost?.message).toContain(`${place.address} refuses connections from the gateway`)
    await Promise.all([watchAddresses(test.db), watchAddresses(test.db)])
    const again = await look()
    expect(again).toMatchObject({ since: lost?.since, isOld: false, message: lost?.message })
    expect(Date.parse(again?.askedAt ?? '')).toBeGreaterThan(Date.parse(lost?.askedAt ?? ''))
    expect(await told()).toEqual(['addressLost'])

    await place.open()
    await expect.poll(lookAgain, WAIT).toBeNull()
    expect(await told()).toEqual(['addressFound', 'addressLost'])

    // Paused, or no business of the gateway's any more: nothing is said of the address.
    await place.close()
    await expect.poll(lookAgain, WAIT).not.toBeNull()
    expectOk(await pauseEndpoint(owner.ctx, ref))
    expect(await look()).toBeNull()
    await watchAddresses(test.db)
    expect(await told()).toHaveLength(3)
  })

  it('gets no token, playground or demo of ours while it is direct only, whoever asks by whatever door', async () => {
    expectOk(await create('bypassed', DIRECT))
    const ref = { team: team.slug, endpoint: 'bypassed' }
    const token = (scope: 'infer' | 'read') =>
      createToken(owner.ctx, { ...ref, name: 'ci', scope, expiresInDays: null })
    const space = { connectionId: connection, kind: 'gradio' as const, visibility: 'private' as const }
    const asked = [
      await token('infer'),
      await createPlaygroundToken(owner.ctx, ref),
      await downloadDemo(owner.ctx, { ...ref, kind: 'gradio' }),
      await pushSpace(owner.ctx, { ...ref, ...space, name: 'shown', confirm: 'acme/shown' }),
    ]
    for (const answer of asked)
      expect(answer).toMatchObject({
        error: { code: 'invalid_state', message: expect.stringContaining('bypassed is direct only') },
      })
    expectOk(await token('read'))
    const change = { ...ref, baseRevision: 1, spec: specWith(by(address)), secrets: {}, sentType: null }
    expectOk(await updateEndpoint(owner.ctx, change))
    expectOk(await token('infer'))
    expectOk(await createPlaygroundToken(owner.ctx, ref))
    expectOk(await downloadDemo(owner.ctx, { ...ref, kind: 'gradio' }))
  })

  it('is none on this machine, which has no private link', async () => {
    const spec = { ...sampleSpec(), network: DIRECT }
    const refused = await createEndpoint(owner.ctx, {
      team: team.slug,
      name: 'here',
      spec,
      secrets: {},
      sentType: null,
    })
    expect(refused).toMatchObject({ error: { fields: { 'network.private': expect.any(String) } } })
  })

  it('is asked for by Hugging Face’s own words too', async () => {
    const body = {
      name: 'by-words',
      type: 'private',
      provider: { vendor: 'aws', region: 'us-east-1' },
      compute: {
        accelerator: 'cpu',
        instanceType: 'intel-spr',
        instanceSize: 'x1',
        scaling: { minReplica: 1, maxReplica: 2, measure: { pendingRequests: 1.5 } },
      },
      model: {
        repository: '',
        framework: 'custom',
        task: 'custom',
        image: { custom: { url: 'docker.io/acme/own:1', port: 80 } },
      },
      privateService: { accountId: '123456789012' },
    }
    const made = expectOk(await createFromHf(owner.ctx, team.slug, body))
    expect(made.spec).toMatchObject({
      network: DIRECT,
      hardware: { scaling: { measure: { of: 'pendingRequests', threshold: 1.5 } } },
    })
    const seen = expectOk(await getEndpoint(owner.ctx, { team: team.slug, endpoint: 'by-words' }))
    expect(seen.privateService).toBeNull()
  })

  it('is not said to be cut off by a gateway that cannot be asked any more', async () => {
    const place = await new Listener().start()
    expectOk(await create('silent', by(place.address)))
    const look = async () => expectOk(await getEndpoint(owner.ctx, { team: team.slug, endpoint: 'silent' }))
    const lookAgain = async () => {
      await watchAddresses(test.db)
      return (await look()).unreached
    }
    await place.close()
    await expect.poll(lookAgain, WAIT).not.toBeNull()
    await gateway.dispose()
    await expect.poll(() => askGateways(test.db, address), WAIT).toBe('no_gateway')
    const last = (await look()).unreached
    // With the time at which one last said so, by which the page tells old from new.
    expect(await lookAgain()).toEqual(last)
  })
})
