import { describe, expect, it } from 'vitest'
import { hubSpec } from '@/lib/testing/hub-spec'
import { planSelfRolled } from './self-rollout'
import type { EndpointSighting, SelfRolledFacts } from './self-rollout-types'

const there: EndpointSighting = {
  state: 'running',
  message: 'Endpoint is ready',
  errorMessage: null,
  revision: 2,
  address: 'https://one.example.com',
  readyReplicas: 1,
  targetReplicas: 1,
  replicas: [{ id: 'a', name: 'deploy-a', state: 'running', message: 'Ready.' }],
}
const facts: SelfRolledFacts = {
  desired: 'present',
  revision: 2,
  spec: hubSpec(),
  settled: null,
  isReadOnly: false,
  drift: null,
  message: '',
  state: 'running',
  servingRevision: 2,
  upstreamUrl: 'https://one.example.com',
  privateService: null,
  replicas: [],
  sighting: there,
  nowMs: 10_000,
}
const plan = (changes: Partial<SelfRolledFacts>, sighting: Partial<EndpointSighting> | null = {}) =>
  planSelfRolled({ ...facts, ...changes, sighting: sighting && { ...there, ...sighting } })

describe('what a provider that rolls out by itself has to do', () => {
  it.each([
    ['nothing while it is as wanted', {}, {}, false],
    ['create what is not there', {}, null, true],
    ['take a new revision', {}, { revision: 1 }, true],
    ['resume what is paused', {}, { state: 'paused' }, true],
    ['nothing while it rests by its own rule', {}, { state: 'scaledToZero' }, false],
    ['nothing about its own failure: that wants a change', {}, { state: 'failed' }, false],
    ['what it lacks though it runs', {}, { isIncomplete: true }, true],
    ['pause', { desired: 'paused' }, {}, true],
    [
      'nothing about what it lacks while it is not wanted',
      { desired: 'absent' },
      { isIncomplete: true },
      false,
    ],
    ['nothing once it is paused', { desired: 'paused' }, { state: 'paused' }, false],
    ['what pausing left', { desired: 'paused' }, { state: 'paused', isIncomplete: true }, true],
    ['nothing to pause where nothing is', { desired: 'paused' }, null, false],
    ['scale to zero', { desired: 'scaledToZero' }, {}, true],
    ['nothing once it is at zero', { desired: 'scaledToZero' }, { state: 'scaledToZero' }, false],
  ] as const)('%s', (_, changes, sighting, needsApply) => {
    expect(plan(changes, sighting).needsApply).toBe(needsApply)
  })
})

describe('what is said of it', () => {
  it('is the provider’s own word, once it has the newest revision', () => {
    expect(plan({}).status).toMatchObject({
      state: 'running',
      message: 'Endpoint is ready',
      servingRevision: 2,
    })
    const failed = plan({ servingRevision: null }, { state: 'failed', errorMessage: 'out of memory' })
    expect(failed.status).toMatchObject({
      state: 'failed',
      errorMessage: 'out of memory',
      servingRevision: null,
    })
    expect(failed.isInFlight).toBe(false)
  })

  it('is updating while an older revision answers, pending before any did', () => {
    expect(plan({ revision: 3 }).status).toMatchObject({ state: 'updating', servingRevision: 2 })
    expect(plan({ revision: 3, servingRevision: null }).status.state).toBe('pending')
    expect(plan({ state: 'pending', servingRevision: null }, null).status.state).toBe('pending')
  })

  it('tells of a finished and of a failed rollout once', () => {
    const kinds = (of: ReturnType<typeof plan>) => of.happenings.map(({ kind }) => kind)
    expect(kinds(plan({ servingRevision: 1 }))).toContain('rolloutFinished')
    const failing = { state: 'updateFailed' } as const
    expect(kinds(plan({ servingRevision: 1, state: 'updating' }, failing))).toContain('rolloutFailed')
    expect(kinds(plan({ servingRevision: 1, state: 'updateFailed' }, failing))).not.toContain('rolloutFailed')
  })

  it('forgets an order to scale to zero once it is done, so that a request may wake it', () => {
    expect(plan({ desired: 'scaledToZero' }).isScaledDown).toBe(false)
    expect(plan({ desired: 'scaledToZero' }, { state: 'scaledToZero' }).isScaledDown).toBe(true)
    const woken = plan({ state: 'scaledToZero' }, { state: 'initializing' })
    expect(woken).toMatchObject({ needsApply: false, status: { state: 'initializing' } })
  })
})

describe('its replicas', () => {
  it('become rows when they are first seen, follow what is said, and stop when they are gone', () => {
    const first = plan(
      {},
      { replicas: [{ id: 'a', name: 'deploy-a', state: 'pending', message: 'Waiting.' }] },
    )
    expect(first.replicas).toMatchObject([
      { id: 'a', name: 'deploy-a', revision: 2, state: 'pending', readyAtMs: null },
    ])
    const second = plan({ replicas: first.replicas, nowMs: 13_000 })
    expect(second.replicas).toMatchObject([{ state: 'running', createdAtMs: 10_000, readyAtMs: 13_000 }])
    expect(second.happenings).toMatchObject([{ kind: 'phase', from: 'pending', tookMs: 3_000 }])
    const third = plan({ replicas: second.replicas, nowMs: 20_000 }, { replicas: [] })
    expect(third.replicas).toMatchObject([{ state: 'stopped', stoppedAtMs: 20_000 }])
    expect(plan({ replicas: second.replicas }, null).replicas).toMatchObject([{ state: 'stopped' }])
  })
})
