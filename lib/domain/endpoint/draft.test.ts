import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_CAPABILITIES } from '@/lib/domain/hardware/capabilities'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { sagemakerSpec } from '@/lib/testing/aws/spec'
import { draftOf, EMPTY_DRAFT, type EndpointDraft, proposeName, withChange } from './draft'
import { misfitOf, type Offer, problemsOf, secretsOf, specOf, suggestInstance } from './draft-check'
import { endpointName } from './name'

const GIB = 1024 ** 3
const instance = (size: number, memoryGib: number, price: number | null = null): InstanceType => ({
  id: `local-this-machine-cpu-x${size}`,
  provider: 'local',
  vendor: 'local',
  region: 'this-machine',
  accelerator: 'cpu',
  type: 'cpu',
  size: `x${size}`,
  label: `${size} CPU`,
  cpus: size,
  memoryBytes: memoryGib * GIB,
  gpu: null,
  priceUsdPerHour: price,
  availability: { status: 'available' },
})
const instances = [instance(1, 2), instance(2, 4)]
const offer: Offer = {
  label: 'This machine',
  instanceTypes: instances,
  capabilities: { ...NO_CAPABILITIES, replicas: true, localModels: true },
}

const draft: EndpointDraft = {
  ...EMPTY_DRAFT,
  name: 'my-model-abc',
  source: { kind: 'sample', name: 'sentiment' },
  task: 'text-classification',
  weightsBytes: 200_000,
  instanceType: 'local-this-machine-cpu-x1',
}

describe('a proposed name', () => {
  it('is always a valid one', () => {
    fc.assert(fc.property(fc.string(), model => endpointName.safeParse(proposeName(model)).success))
    expect(proposeName('owner/Some_Model.v2', () => 0)).toBe('some-model-v2-aaa')
  })
})

describe('a draft', () => {
  it.each([
    ['aws-us-east-1-ml.g5-xlarge', 'gpu'],
    ['aws-us-east-1-ml.p4d-24xlarge', 'gpu'],
    ['aws-us-east-1-ml.m5-xlarge', 'cpu'],
    ['aws-us-east-1-nvidia-a10g-x1', 'gpu'],
    ['aws-us-east-1-inf2-x1', 'neuron'],
  ])('from a revision on %s opens at its %s', (instanceType, accelerator) => {
    const spec = sagemakerSpec()
    const revised = { ...spec, hardware: { ...spec.hardware, instanceType } }
    expect(draftOf('any', revised)).toMatchObject({ accelerator, instanceType })
  })

  it('says what is missing and on which step', () => {
    const problems = problemsOf(EMPTY_DRAFT, [], offer)
    expect(problems.map(problem => [problem.step, problem.field])).toEqual([
      ['model', 'source'],
      ['hardware', 'instanceType'],
    ])
    expect(problemsOf(draft, [], offer)).toEqual([])
  })

  it('asks for no more replicas than the account may run', () => {
    const limited = { ...offer, instanceTypes: [{ ...instance(1, 2), quota: 3 }] }
    expect(problemsOf({ ...draft, maxReplicas: 3 }, [], limited)).toEqual([])
    expect(problemsOf({ ...draft, maxReplicas: 4 }, [], limited)).toMatchObject([
      { step: 'hardware', field: 'maxReplicas', message: expect.stringContaining('3 × 1 CPU') },
    ])
  })

  it('becomes a spec when it is complete', () => {
    expect(specOf(EMPTY_DRAFT)).toBeUndefined()
    expect(specOf(draft)?.hardware.scaling).toEqual({
      minReplicas: 1,
      maxReplicas: 1,
      scaleToZeroTimeoutMinutes: null,
    })
  })

  it('of an image needs its name, and a place that runs containers', () => {
    const engine = {
      kind: 'container' as const,
      image: '',
      port: 8080,
      healthRoute: null,
      command: [],
      args: [],
    }
    const own: EndpointDraft = { ...draft, source: { kind: 'image' }, task: 'custom', engine }
    const fields = (of: EndpointDraft, containers: boolean) =>
      problemsOf(of, [], {
        label: 'There',
        instanceTypes: [],
        capabilities: { ...NO_CAPABILITIES, containers },
      }).map(({ field }) => field)
    expect(fields(own, true)).toEqual(['source', 'instanceType'])
    const named = { ...own, engine: { ...engine, image: 'registry/model:1' } }
    expect(fields(named, true)).toEqual(['instanceType'])
    expect(fields(named, false)).toEqual(['instanceType', 'provider'])
  })

  it('keeps a container until another model takes its place', () => {
    const engine = {
      kind: 'container' as const,
      image: 'theirs.azurecr.io/server:1',
      port: 8000,
      healthRoute: '/health',
      command: ['serve'],
      args: [],
    }
    const theirs: EndpointDraft = { ...draft, source: { kind: 'image' }, task: 'custom', engine }
    const { source } = draft
    expect(specOf(withChange(theirs, { maxReplicas: 2 }))?.advanced.engine).toEqual(engine)
    expect(specOf(withChange(theirs, { source }))?.advanced.engine).toEqual({ kind: 'model-server' })
    // A model of the Hub may well be served by a container of somebody's own.
    const hub = { ...theirs, source: { kind: 'hub' as const, repository: 'org/model', revision: null } }
    expect(specOf(withChange(hub, { source }))?.advanced.engine).toEqual(engine)
  })

  it('needs ranges to be private, and names to be names', () => {
    const wrong = {
      ...draft,
      level: 'private' as const,
      allowedRanges: ['10.0.0.0/99'],
      env: [{ name: '1A', value: '' }],
    }
    const messages = problemsOf(wrong, [{ name: 'KEY', value: '', kept: false }], offer).map(
      problem => problem.message,
    )
    expect(messages).toHaveLength(3)
    expect(
      problemsOf(
        { ...draft, env: [{ name: 'A', value: '' }] },
        [{ name: 'A', value: 'x', kept: false }],
        offer,
      )[0]?.message,
    ).toBe('A is set twice.')
  })

  it('keeps a secret that was not typed again', () => {
    expect(
      secretsOf([
        { name: 'A', value: '', kept: true },
        { name: 'B', value: 'x', kept: true },
      ]),
    ).toEqual({ A: null, B: 'x' })
  })
})

describe('instance types', () => {
  it('that cannot hold the model say why, and the smallest that can is suggested', () => {
    const heavy = { ...draft, weightsBytes: 2 * GIB }
    expect(misfitOf(instance(1, 2), heavy)).toContain('needs about 3.3 GiB')
    expect(suggestInstance(instances, heavy)?.size).toBe('x2')
    expect(suggestInstance(instances, draft)?.size).toBe('x1')
    expect(suggestInstance(instances, { ...draft, weightsBytes: 20 * GIB })).toBeUndefined()
  })
})
