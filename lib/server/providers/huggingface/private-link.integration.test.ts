import { afterAll, beforeAll, expect, test } from 'vitest'
import { setupChanges } from '@/lib/domain/endpoint/drift'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import { hubSpec } from '@/lib/testing/hub-spec'
import { PrivateHf } from '@/lib/testing/private-hf'
import { wishOf } from '@/lib/testing/wished-endpoint'
import { createHuggingfaceProvider } from './provider'

let hf: PrivateHf
beforeAll(async () => {
  hf = await new PrivateHf().start()
})
afterAll(() => hf?.stop())

const link = {
  kind: 'huggingface' as const,
  awsAccount: '123456789012',
  isShared: true,
  entryRegion: 'eu-west-1' as const,
}
const base = hubSpec()
const scaling = { minReplicas: 1, maxReplicas: 3, scaleToZeroTimeoutMinutes: null }
const specWith = (changes: Partial<EndpointSpec['hardware']['scaling']>): EndpointSpec => ({
  ...base,
  hardware: {
    ...base.hardware,
    region: 'us-east-1',
    instanceType: 'aws-us-east-1-intel-spr-x1',
    scaling: { ...scaling, ...changes },
  },
  network: { private: { link, calls: { by: 'direct' } } },
})

const account = () => ({
  namespace: 'acme',
  token: 'hf_test',
  apiUrl: hf.url,
  hubUrl: hf.url,
  portalId: 'private',
  allowedHosts: ['127.0.0.1'],
})

test('what is told back as it was sent is no drift; a task, measure or container that was changed is one', async () => {
  const provider = createHuggingfaceProvider(account(), { retryMs: 5 })
  const measure = { of: 'pendingRequests' as const, threshold: 2 }
  const engine = {
    kind: 'container' as const,
    image: 'docker.io/acme/own:1',
    port: 8000,
    healthRoute: '/ready',
    command: ['serve'],
    args: ['--fast'],
  }
  const spec = specWith({ measure })
  const wish = wishOf({ ...spec, advanced: { ...spec.advanced, engine, env: { MODE: 'one' } } })
  await provider.apply(wish)
  const changes = async () => setupChanges(wish.spec, (await provider.observe(wish))?.setup ?? {})
  expect(await changes()).toEqual([])
  // Adopted, it would be this too: an update of ours takes nothing of it back.
  const [listed] = (await provider.accountEndpoints?.()) ?? []
  expect(listed?.spec?.hardware.scaling).toEqual(spec.hardware.scaling)
  expect(listed?.spec?.advanced.engine).toEqual(engine)
  const { body } = hf.sent.at(-1) ?? { body: { name: '' } }
  const { model, compute } = body as unknown as { model: object; compute: { scaling: object } }
  const custom = { url: engine.image, port: 9000, healthRoute: '/ready' }
  await fetch(`${hf.url}/v2/endpoint/acme/${body.name}`, {
    method: 'PUT',
    body: JSON.stringify({
      compute: { ...compute, scaling: { ...compute.scaling, measure: { hardwareUsage: 70 } } },
      model: { ...model, task: 'custom', args: [], image: { custom } },
    }),
  })
  expect((await changes()).map(({ label, before, after }) => [label, before, after])).toEqual([
    ['task', 'text-classification', 'custom'],
    ['scales by', 'more than 2 waiting requests each', 'hardware usage over 70 %'],
    ['container port', '8000', '9000'],
    ['arguments', '--fast', null],
  ])
  await provider.apply({ ...wish, isAnew: true })
  expect(await changes()).toEqual([])
})

test('a private link is asked for when an endpoint is made, and its service told; a measure with every change', async () => {
  const provider = createHuggingfaceProvider(account(), { retryMs: 5 })
  const wish = wishOf(specWith({ measure: { of: 'pendingRequests', threshold: 2 } }))
  await provider.apply(wish)
  expect(hf.sent.at(-1)).toMatchObject({
    method: 'POST',
    body: {
      type: 'private',
      privateService: { accountId: '123456789012', shared: true, region: 'eu-west-1' },
      compute: { scaling: { measure: { pendingRequests: 2 } } },
    },
  })
  expect(await provider.observe(wish)).toMatchObject({
    state: 'running',
    privateService: 'com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0',
    address: expect.stringContaining('endpoints.invalid'),
  })
  await provider.apply({ ...wish, revision: 2, spec: specWith({}) })
  const { method, body } = hf.sent.at(-1) ?? { method: '', body: {} }
  expect(method).toBe('PUT')
  expect(body).not.toHaveProperty('privateService')
  expect(body).toMatchObject({ compute: { scaling: { measure: null } } })
})

test('what is not asked for is left out when an endpoint is made', async () => {
  const plain = specWith({})
  await createHuggingfaceProvider(account(), { retryMs: 5 }).apply(
    wishOf({ ...plain, advanced: { ...plain.advanced, env: {} } }),
  )
  const { method, body } = hf.sent.at(-1) ?? { method: '', body: {} }
  expect(method).toBe('POST')
  const { compute, model } = body as unknown as { compute: { scaling: object }; model: object }
  expect(Object.keys(compute.scaling)).toEqual(['minReplica', 'maxReplica', 'scaleToZeroTimeout'])
  expect(Object.keys(model)).toEqual(['repository', 'revision', 'framework', 'task', 'image'])
})

test('every page of an account is read: what is ours is found behind twenty others', async () => {
  const provider = createHuggingfaceProvider({ ...account(), portalId: 'paged' }, { retryMs: 5 })
  const post = (name: string) =>
    fetch(`${hf.url}/v2/endpoint/acme`, { method: 'POST', body: JSON.stringify({ name }) })
  const before = (await provider.accountEndpoints?.())?.length ?? 0
  for (let index = 0; index < 25; index++) await post(`theirs-${index}`)
  const wish = wishOf(specWith({}))
  await provider.apply(wish)
  expect(await provider.accountEndpoints?.()).toHaveLength(before + 26)
  expect(await provider.endpointIds?.()).toEqual([wish.endpointId])
  await provider.halt(wish)
  expect((await provider.observe(wish))?.state).toBe('paused')
})
