import { describe, expect, it } from 'vitest'
import { hubSpec } from '@/lib/testing/hub-spec'
import { type Drift, type SeenSetup, type Settlement, setupChanges, specAsSeen } from './drift'
import { driftSentence, driftViewOf } from './drift-text'
import { planSelfRolled } from './self-rollout'
import type { EndpointSighting, SelfRolledFacts } from './self-rollout-types'
import type { EndpointSpec } from './spec'

const spec = hubSpec({ GREETING: 'one' })
const withScaling = (minReplicas: number, maxReplicas: number, requestsPerMinute?: number): EndpointSpec => ({
  ...spec,
  hardware: {
    ...spec.hardware,
    scaling: {
      minReplicas,
      maxReplicas,
      scaleToZeroTimeoutMinutes: null,
      ...(requestsPerMinute ? { requestsPerMinute } : {}),
    },
  },
})
const same: SeenSetup = {
  scaling: { minReplicas: 1, maxReplicas: 1, scaleToZeroTimeoutMinutes: null },
  repository: 'slipway/sample-sentiment',
  modelRevision: 'a'.repeat(40),
  env: { GREETING: 'one' },
  isOpen: false,
}

describe('what a provider says against what we say', () => {
  it('differs by nothing where it says the same, or says nothing', () => {
    expect(setupChanges(spec, same)).toEqual([])
    expect(setupChanges(spec, {})).toEqual([])
    const { hardware } = spec
    const scaling = { ...hardware.scaling, measure: { of: 'pendingRequests' as const, threshold: 2 } }
    expect(setupChanges({ ...spec, hardware: { ...hardware, scaling } }, same)).toEqual([])
  })

  it.each([
    [
      'another number',
      { scaling: { ...same.scaling, minReplicas: 3, maxReplicas: 3 } },
      '3 replicas there, 1 here',
    ],
    [
      'other hardware',
      { instanceType: 'aws-x' },
      'instance type aws-x there, local-this-machine-cpu-x1 here',
    ],
    ['a variable', { env: { GREETING: 'two' } }, 'GREETING two there, one here'],
    ['a variable more', { env: { GREETING: 'one', MORE: '1' } }, 'MORE 1 there, not set here'],
    ['a closed door', { isOnInternet: false }, 'its address private there, on the internet here'],
    ['open doors', { isOpen: true }, 'access at the provider everybody there, its account only here'],
  ])('says %s', (_, seen, sentence) => {
    const changes = setupChanges(spec, { ...same, ...seen } as SeenSetup)
    expect(driftSentence({ state: null, changes })).toBe(`Changed outside Slipway: ${sentence}.`)
  })

  it('tells another task, measure and container from ours, and defaults of theirs from nobody’s', () => {
    const engine = {
      kind: 'container' as const,
      image: 'acme/own:1',
      port: 8000,
      healthRoute: '/health',
      command: ['serve'],
      args: [],
    }
    const { hardware } = spec
    const measure = { of: 'pendingRequests' as const, threshold: 2 }
    const ours = {
      ...spec,
      hardware: { ...hardware, scaling: { ...hardware.scaling, measure } },
      advanced: { ...spec.advanced, engine },
    }
    const { kind: _, image, ...container } = engine
    const range = { minReplicas: 1, maxReplicas: 1, scaleToZeroTimeoutMinutes: null }
    const asSent: SeenSetup = { task: spec.model.task, image, container, scaling: { ...range, measure } }
    expect(setupChanges(ours, asSent)).toEqual([])
    const seen: SeenSetup = {
      task: 'text-generation',
      image,
      container: { port: 80, healthRoute: '/', command: [], args: ['--fast'] },
      scaling: { ...range, measure: { of: 'hardwareUsage', threshold: 70 } },
    }
    expect(setupChanges(ours, seen).map(({ path }) => path)).toEqual([
      'model.task',
      'hardware.scaling.measure',
      'advanced.engine.port',
      'advanced.engine.healthRoute',
      'advanced.engine.args',
      'advanced.engine.command',
    ])
    expect(setupChanges(specAsSeen(ours, seen), seen)).toEqual([])
    const silent = {
      ...spec,
      advanced: { ...spec.advanced, engine: { ...engine, port: 80, healthRoute: null } },
    }
    const usual: SeenSetup = { container: { port: 80, healthRoute: '/health' }, scaling: seen.scaling }
    expect(setupChanges(silent, usual)).toEqual([])
  })

  it('takes no variable of the provider’s own for a change, nor one that it says nothing of', () => {
    const ours = hubSpec({ GREETING: 'one', CLOUD_PORT: '80' })
    expect(setupChanges(ours, { env: { GREETING: 'one' }, ownEnv: ['CLOUD_'] })).toEqual([])
    expect(setupChanges(ours, { env: { GREETING: 'two' }, ownEnv: ['CLOUD_'] })).toHaveLength(1)
  })

  it('takes a count within the range for the load’s doing, and one outside of it not', () => {
    expect(setupChanges(withScaling(1, 4), { instances: 3 })).toEqual([])
    expect(setupChanges(withScaling(2, 2), { instances: 3 })).toHaveLength(2)
    // A range that somebody took off leaves a number.
    expect(setupChanges(withScaling(1, 4, 60), { instances: 2 }).map(({ path }) => path)).toEqual([
      'hardware.scaling.minReplicas',
      'hardware.scaling.maxReplicas',
      'hardware.scaling.requestsPerMinute',
    ])
  })

  it('becomes our spec when it is kept', () => {
    const kept = specAsSeen(spec, {
      ...same,
      scaling: { minReplicas: 2, maxReplicas: 3, scaleToZeroTimeoutMinutes: null },
    })
    expect(kept.hardware.scaling).toMatchObject({ minReplicas: 2, maxReplicas: 3 })
    expect(kept.model).toEqual(spec.model)
    expect(
      setupChanges(kept, { scaling: { minReplicas: 2, maxReplicas: 3, scaleToZeroTimeoutMinutes: null } }),
    ).toEqual([])
  })
})

const there: EndpointSighting = {
  state: 'running',
  message: 'Ready',
  errorMessage: null,
  revision: 1,
  address: 'https://one.example.com',
  readyReplicas: 1,
  targetReplicas: 1,
  setup: same,
  replicas: [{ id: 'a', name: 'deploy-a', state: 'running', message: 'Ready.' }],
}
const other: SeenSetup = { ...same, env: { GREETING: 'two' } }
const start: SelfRolledFacts = {
  desired: 'present',
  revision: 1,
  spec,
  settled: null,
  isReadOnly: false,
  drift: null,
  state: 'pending',
  message: '',
  servingRevision: null,
  upstreamUrl: null,
  privateService: null,
  replicas: [],
  sighting: there,
  nowMs: 1_000,
}

/** Passes one after the other, as a controller makes them. */
function passes(first: Partial<SelfRolledFacts>, ...sightings: (EndpointSighting | null)[]) {
  let facts: SelfRolledFacts = { ...start, ...first }
  return sightings.map((sighting, index) => {
    const plan = planSelfRolled({ ...facts, sighting, nowMs: 1_000 * (index + 1) })
    const { state, message, servingRevision, upstreamUrl } = plan.status
    facts = {
      ...facts,
      ...{ state, message, servingRevision, upstreamUrl },
      settled: plan.settled,
      drift: plan.drift,
      replicas: plan.replicas.filter(({ stoppedAtMs }) => stoppedAtMs === null),
    }
    const kinds = plan.happenings.map(({ kind }) => kind).filter(kind => kind.startsWith('drift'))
    return { ...plan, kinds, shown: driftViewOf(plan.drift)?.sentence ?? null }
  })
}
const settled: Settlement = {
  desired: 'present',
  revision: 1,
  isThere: true,
  version: '1',
  isCurrent: true,
  isRestoring: false,
}

describe('what was changed outside', () => {
  it('is said without the secrets that a provider keeps among its variables', () => {
    const env = { GREETING: 'one', TOKEN: 'sealed' }
    const first = { ...there, setup: { ...same, env } }
    const changed = { ...there, setup: { ...same, env: { ...env, GREETING: 'two' } } }
    const all = passes({ spec: { ...spec, secretNames: ['TOKEN'] } }, first, changed, changed)
    expect(all.map(({ shown }) => shown)).toEqual([
      null,
      null,
      'Changed outside Slipway: GREETING two there, one here.',
    ])
    expect(JSON.stringify(all.map(({ drift }) => drift))).not.toContain('sealed')
  })

  it('is said when it was seen twice, once, and its end too; nothing is applied', () => {
    const changed = { ...there, setup: other }
    const all = passes({}, there, changed, changed, changed, there)
    expect(all.map(({ kinds }) => kinds)).toEqual([[], [], ['driftFound'], [], ['driftResolved']])
    expect(all.map(({ shown }) => shown !== null)).toEqual([false, false, true, true, false])
    expect(all.some(({ needsApply }) => needsApply)).toBe(false)
    expect(all[1]?.isInFlight).toBe(true)
  })

  it('is nothing while our own rollout is on, nor what was there before it was done', () => {
    const rolling = passes({ revision: 2, settled }, { ...there, setup: other }, { ...there, setup: other })
    expect(rolling.every(({ drift, needsApply }) => drift === null && needsApply)).toBe(true)
    const updating = { ...there, revision: 2, state: 'updating' as const, setup: other }
    expect(passes({ revision: 2, settled }, updating, updating).every(({ drift }) => drift === null)).toBe(
      true,
    )
  })

  it('stays said while the provider is busy', () => {
    const changed = { ...there, setup: other }
    const [, , last] = passes({ settled }, changed, changed, { ...changed, state: 'updating' })
    expect(last?.shown).toContain('GREETING')
  })

  it('of one look alone is not believed: nothing ends and nothing is made again', () => {
    const [, , gone, back] = passes({}, there, there, null, there)
    expect(gone).toMatchObject({ needsApply: false, shown: null, status: { state: 'running' } })
    expect(gone?.replicas).toMatchObject([{ state: 'running' }])
    expect(back).toMatchObject({ drift: null, kinds: [] })
  })

  it('deleted is said, and is not made again', () => {
    const all = passes({}, there, null, null, null)
    expect(all.some(({ needsApply }) => needsApply)).toBe(false)
    expect(all[2]).toMatchObject({ kinds: ['driftFound'], status: { state: 'failed' } })
    expect(all[2]?.replicas).toMatchObject([{ state: 'stopped' }])
    expect(all[3]?.shown).toContain('Deleted outside Slipway')
  })

  it('paused or resumed there is not undone', () => {
    const asleep = { ...there, state: 'paused' as const, replicas: [] }
    const paused = passes({ settled }, asleep, asleep)
    expect(paused[1]).toMatchObject({ needsApply: false, status: { state: 'paused' } })
    expect(paused[1]?.shown).toBe('Paused outside Slipway.')
    const woken = passes({ desired: 'paused', settled: { ...settled, desired: 'paused' } }, there, there)
    expect(woken[1]).toMatchObject({ needsApply: false, status: { state: 'running' } })
    expect(woken[1]?.shown).toContain('Resumed outside')
  })

  it('of a version we never made is said', () => {
    const theirs = { ...there, revision: null, version: 'their-config' }
    const [, last] = passes({ settled: { ...settled, version: 'ours-r1' } }, theirs, theirs)
    expect(last).toMatchObject({ needsApply: false, shown: expect.stringContaining('their-config there') })
  })
})

describe('a choice', () => {
  it('to restore is applied whole, not while the provider is busy, and judged by the next looks', () => {
    const restoring = { settled: { ...settled, isRestoring: true } }
    const [plan] = passes(restoring, { ...there, setup: other })
    expect(plan).toMatchObject({ needsApply: true, isRestoring: true, drift: null })
    expect(passes(restoring, { ...there, state: 'updating' })[0]).toMatchObject({ isRestoring: false })
    expect(passes(restoring, null)[0]).toMatchObject({ needsApply: true, isRestoring: true })
  })

  it('to keep leaves the provider alone, though it knows it by an older revision', () => {
    const kept = specAsSeen(spec, other)
    const facts = { revision: 2, spec: kept, settled: { ...settled, revision: 2 } }
    const [plan] = passes({ ...facts, servingRevision: 1 }, { ...there, setup: other })
    expect(plan).toMatchObject({ needsApply: false, drift: null })
    expect(plan?.status).toMatchObject({ state: 'running', servingRevision: 2 })
    const again = { ...there, setup: { ...other, env: {} } }
    expect(passes(facts, again, again)[1]?.shown).toContain('GREETING not set there, two here')
  })

  it('cannot be to keep what everybody can call', () => {
    const open: Drift = {
      state: null,
      changes: setupChanges(spec, { isOpen: true }),
      setup: { isOpen: true },
      version: '1',
      since: '2026-01-01T00:00:00.000Z',
      isConfirmed: true,
    }
    expect(driftViewOf(open)?.keepProblem).toContain('open to everybody')
  })
})
