import { describe, expect, it } from 'vitest'
import { NO_CAPABILITIES } from '@/lib/domain/hardware/capabilities'
import { hfEndpointBody, hfUpdateBody, parseHf } from './hf-compat-body'
import { toHfVendors } from './hf-compat-hardware'
import { fromHfBody, type HfLookups, type PlacedType, SAMPLE_REPOSITORY } from './hf-compat-input'
import { toHfBody } from './hf-compat-output'
import { pageOf } from './hf-compat-page'
import { mergeHfUpdate } from './hf-compat-update'
import type { EndpointSpec } from './spec'

const GIB = 1024 ** 3
const small: PlacedType = {
  connection: null,
  id: 'local-this-machine-cpu-x1',
  provider: 'local',
  vendor: 'local',
  region: 'this-machine',
  accelerator: 'cpu',
  type: 'cpu',
  size: 'x1',
  label: '1 CPU',
  cpus: 1,
  memoryBytes: 2 * GIB,
  gpu: null,
  priceUsdPerHour: null,
  availability: { status: 'available' },
}
const lookups: HfLookups = {
  instanceTypes: new Map([
    [small.id, small],
    ['local-this-machine-cpu-x2', { ...small, id: 'local-this-machine-cpu-x2', size: 'x2' }],
  ]),
  taskOf: async source => (source.kind === 'hub' ? null : 'text-classification'),
}

/** As `create_inference_endpoint` of huggingface_hub 2.0.0 sends it. */
const sent = {
  compute: {
    accelerator: 'cpu',
    instanceSize: 'x1',
    instanceType: 'cpu',
    scaling: { maxReplica: 1, minReplica: 1, scaleToZeroTimeout: null },
  },
  model: {
    framework: 'pytorch',
    repository: 'acme/bert',
    revision: null,
    image: { huggingface: {} },
    task: 'fill-mask',
    env: { A: '1' },
    secrets: { KEY: 'k' },
  },
  name: 'demo',
  provider: { region: 'this-machine', vendor: 'local' },
  type: 'authenticated',
}

async function map(body: object) {
  const parsed = parseHf(hfEndpointBody, body)
  return parsed.ok ? fromHfBody(parsed.data, lookups) : parsed
}
const messageOf = async (body: object) => {
  const result = await map(body)
  return result.ok ? 'ok' : result.error.message
}
async function specOf(body: object): Promise<EndpointSpec> {
  const result = await map(body)
  if (!result.ok) throw new Error(result.error.message)
  return { ...result.data.spec, secretNames: Object.keys(result.data.secrets) }
}
const model = (changes: object) => ({ ...sent, model: { ...sent.model, ...changes } })

describe('a body of HF’s client', () => {
  it('becomes a spec of ours', async () => {
    const spec = await specOf(sent)
    expect(spec.model).toEqual({
      source: { kind: 'hub', repository: 'acme/bert', revision: null },
      task: 'fill-mask',
    })
    expect(spec.hardware).toMatchObject({ provider: 'local', instanceType: small.id })
    expect(spec.security).toEqual({ level: 'protected' })
    expect(spec.advanced).toMatchObject({ env: { A: '1' }, engine: { kind: 'model-server' } })
  })

  it('says private only with ranges; the word alone asks for a token', async () => {
    expect((await specOf({ ...sent, type: 'private' })).security).toEqual({ level: 'protected' })
    expect((await specOf({ ...sent, type: 'protected' })).security).toEqual({ level: 'protected' })
    expect((await specOf({ ...sent, type: 'public' })).security).toEqual({ level: 'public' })
    const ranged = { ...sent, type: 'private', allowedRanges: ['10.0.0.0/8'] }
    expect((await specOf(ranged)).security).toEqual({ level: 'private', allowedRanges: ['10.0.0.0/8'] })
    expect(await messageOf({ ...ranged, type: 'public' })).toMatch(/^VALIDATION_FAILED: allowedRanges/)
    expect(await messageOf({ ...ranged, allowedRanges: [] })).toMatch(/^VALIDATION_FAILED: allowedRanges/)
  })

  it('may name the bundled sample, which HF has no words for', async () => {
    const { task: _, ...rest } = sent.model
    const spec = await specOf({ ...sent, model: { ...rest, repository: SAMPLE_REPOSITORY } })
    expect(spec.model).toEqual({ source: { kind: 'sample', name: 'sentiment' }, task: 'text-classification' })
    const folder = await specOf(model({ source: { kind: 'folder', path: 'my/model' } }))
    expect(folder.model.source).toEqual({ kind: 'folder', path: 'my/model' })
  })

  it.each([
    [model({ image: { vLLM: {} } }), 'model.image.vLLM: missing field url'],
    [model({ image: { nonsense: {} } }), 'model.image: unknown variant nonsense'],
    [model({ image: { huggingface: {}, custom: {} } }), 'model.image: give exactly one'],
    [model({ image: { tgi: { url: 'x' } } }), 'model.image.tgi: this portal runs'],
    [model({ image: { huggingface: { server: 'x' } } }), 'model.image.huggingface.server: must be one of'],
    [model({ args: ['--x'] }), 'model.args: only a custom image'],
    [model({ task: 'conversational' }), 'model.task: unknown task conversational'],
    [model({ task: undefined }), 'model.task: cannot be told'],
    [model({ task: null }), 'model.task: '],
    [model({ repository: 'a/b/c' }), 'model.repository: '],
    [model({ repository: undefined }), 'model: missing field repository'],
    [{ ...sent, type: 'verified' }, 'type: '],
    [{ ...sent, cacheHttpResponses: true }, 'cacheHttpResponses: this portal does not support it'],
    [{ ...sent, route: { domain: 'x' } }, 'route: '],
    [{ ...sent, compute: { ...sent.compute, instanceSize: 'x64' } }, 'compute: there is no instance type'],
    [{ ...sent, provider: { vendor: 'aws', region: 'us-east-1' } }, 'compute: there is no instance type aws'],
    [
      { ...sent, compute: { ...sent.compute, scaling: { minReplica: 2, maxReplica: 1 } } },
      'compute.scaling.',
    ],
  ])('is refused by the field’s name: %#', async (body, start) => {
    expect((await messageOf(body)).startsWith(`VALIDATION_FAILED: ${start}`)).toBe(true)
  })

  it('chooses what autoscaling looks at, in the new words and the old ones', async () => {
    const scaled = (changes: object) => ({
      ...sent,
      compute: { ...sent.compute, scaling: { minReplica: 1, maxReplica: 3, ...changes } },
    })
    const measureOf = async (changes: object) => (await specOf(scaled(changes))).hardware.scaling.measure
    expect(await measureOf({ measure: { hardwareUsage: 70 } })).toEqual({
      of: 'hardwareUsage',
      threshold: 70,
    })
    const waiting = { of: 'pendingRequests', threshold: 1.5 }
    expect(await measureOf({ measure: { pendingRequests: 1.5 } })).toEqual(waiting)
    expect(await measureOf({ metric: 'pendingRequests', threshold: 1.5 })).toEqual(waiting)
    expect(await measureOf({ measure: null })).toBeUndefined()
    expect(await measureOf({ measure: { hardwareUsage: null } })).toBeUndefined()
    const both = { measure: { hardwareUsage: 70, pendingRequests: 2 } }
    expect(await messageOf(scaled(both))).toMatch(/^VALIDATION_FAILED: compute.scaling.measure: give one/)
    expect(await messageOf(scaled({ measure: { hardwareUsage: 170 } }))).toMatch(
      /^VALIDATION_FAILED: compute.scaling.measure/,
    )
    expect(await messageOf(scaled({ threshold: 2 }))).toMatch(/^VALIDATION_FAILED: compute.scaling.metric/)
    const spec = await specOf(scaled({ measure: { hardwareUsage: 70 } }))
    expect(toHfBody('demo', spec, null, small).compute.scaling.measure).toEqual({ hardwareUsage: 70 })
  })

  it('closes an endpoint by HF’s words for PrivateLink, direct only until an address is known', async () => {
    const privateService = { accountId: '123456789012', shared: true, region: 'eu-west-1' }
    const closed = { ...sent, privateService }
    const link = { kind: 'huggingface', awsAccount: '123456789012', isShared: true, entryRegion: 'eu-west-1' }
    expect((await specOf(closed)).network).toEqual({ private: { link, calls: { by: 'direct' } } })
    const calls = { by: 'gateway', address: 'vpce-1.example.com' }
    const reached = await specOf({ ...closed, privateNetwork: { calls } })
    expect(reached.network?.private?.calls).toEqual(calls)
    expect(toHfBody('demo', reached, null, small)).toMatchObject({
      privateService,
      privateNetwork: { calls },
    })
    const wrong = { ...closed, privateService: { accountId: '12' } }
    expect(await messageOf(wrong)).toMatch(/^VALIDATION_FAILED: privateService.accountId/)
    const vpc = { subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'] }
    expect((await specOf({ ...sent, privateNetwork: { vpc } })).network).toEqual({ vpc })
  })

  it('with fields that ask for nothing, or that nobody knows, is accepted', async () => {
    const extra = { accountId: null, cacheHttpResponses: false, experimentalFeatures: {}, surprise: 1 }
    expect(await messageOf({ ...sent, ...extra })).toBe('ok')
    expect(await messageOf(model({ image: { huggingface: { surprise: 1 } } }))).toBe('ok')
  })
})

describe('an update of HF’s client', () => {
  const merged = async (from: object, update: object) => {
    const spec = await specOf(from)
    const parsed = hfUpdateBody.parse(update)
    const type = lookups.instanceTypes.get(spec.hardware.instanceType)
    return specOf(mergeHfUpdate(toHfBody('demo', spec, null, type), parsed))
  }

  it('of nothing gives the same spec back, for every kind of endpoint', async () => {
    for (const body of [
      sent,
      { ...sent, type: 'public' },
      { ...sent, type: 'private', allowedRanges: ['10.0.0.1'] },
      model({ repository: SAMPLE_REPOSITORY, task: undefined }),
      model({ image: { custom: { url: 'repo/image:1', port: 8000, healthRoute: '/ok' } }, args: ['-v'] }),
      { ...sent, privateService: { accountId: '123456789012' } },
      { ...sent, privateNetwork: { link: { kind: 'azure-ml' }, calls: { by: 'direct' } } },
    ])
      expect(await merged(body, {})).toEqual(await specOf(body))
  })

  it('changes what it names and keeps env and secrets', async () => {
    const spec = await merged(sent, { compute: { scaling: { maxReplica: 2, minReplica: 2 } } })
    expect(spec.hardware.scaling).toMatchObject({ minReplicas: 2, maxReplicas: 2 })
    expect(spec.advanced.env).toEqual({ A: '1' })
    expect(spec.secretNames).toEqual(['KEY'])
    expect((await merged(sent, { compute: { instanceSize: 'x2' } })).hardware.instanceType).toMatch(/x2$/)
    expect((await merged(sent, { model: { env: {} } })).advanced.env).toEqual({})
    const waiting = { compute: { scaling: { measure: { pendingRequests: 2 } } } }
    const scaled = { ...sent, compute: { ...sent.compute, scaling: { minReplica: 1, maxReplica: 3 } } }
    expect((await merged(scaled, waiting)).hardware.scaling.measure).toMatchObject({ threshold: 2 })
    const measured = {
      ...sent,
      compute: { ...sent.compute, scaling: { ...scaled.compute.scaling, measure: { hardwareUsage: 60 } } },
    }
    const older = { compute: { scaling: { metric: 'pendingRequests', threshold: 3 } } }
    expect((await merged(measured, older)).hardware.scaling.measure?.of).toBe('pendingRequests')
    const untouched = (await merged(measured, { tags: ['x'] })).hardware.scaling.measure
    expect(untouched).toEqual({ of: 'hardwareUsage', threshold: 60 })
  })

  it('does not pin a new repository to the old one’s commit', async () => {
    const pinned = model({ revision: 'a'.repeat(40) })
    const spec = await merged(pinned, { model: { repository: 'acme/other' } })
    expect(spec.model.source).toEqual({ kind: 'hub', repository: 'acme/other', revision: null })
    const kept = await merged(pinned, { model: { task: 'text-classification' } })
    expect(kept.model.source).toMatchObject({ revision: 'a'.repeat(40) })
  })

  it('keeps the ranges while the word stays, and drops them with another word', async () => {
    const ranged = { ...sent, type: 'private', allowedRanges: ['10.0.0.1'] }
    expect((await merged(ranged, { type: 'private' })).security.level).toBe('private')
    expect((await merged(ranged, { tags: ['x'] })).security.level).toBe('private')
    expect((await merged(ranged, { type: 'public' })).security).toEqual({ level: 'public' })
  })
})

describe('lists of HF’s client', () => {
  it('hold everything unless a page is asked for', () => {
    const items = Array.from({ length: 45 }, (_, at) => at)
    expect(pageOf(items, {})).toMatchObject({ data: { totalItems: 45 } })
    expect(pageOf(items, { limit: '20' })).toMatchObject({ data: { nextCursor: '20' } })
    expect(pageOf(items, { limit: '20', cursor: '40' })).toMatchObject({
      data: { items: [40, 41, 42, 43, 44], prevCursor: '20' },
    })
    expect(pageOf(items, { limit: 'x' })).toMatchObject({ ok: false })
  })

  it('of hardware have a quota each, which the client insists on', () => {
    const view = {
      providers: [
        {
          kind: 'local' as const,
          label: 'This machine',
          connection: null,
          builtin: null,
          capabilities: { ...NO_CAPABILITIES, replicas: true, localModels: true },
          regions: [{ id: 'this-machine', label: 'This machine', provider: 'local' as const }],
          instanceTypes: [small],
          problem: null,
        },
      ],
    }
    const [vendor] = toHfVendors(view).vendors
    expect(vendor).toMatchObject({
      name: 'local',
      regions: [{ name: 'this-machine', label: 'This machine' }],
    })
    expect(vendor?.regions[0]?.computes[0]).toMatchObject({
      id: small.id,
      numAccelerators: 1,
      memoryGb: 2,
      gpuMemoryGb: null,
      pricePerHour: null,
      quota: { maxAccelerators: 64, usedAccelerators: 0 },
    })
  })
})
