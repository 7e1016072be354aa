import { expect, it } from 'vitest'
import type { Replica } from '@/lib/domain/endpoint/rollout-types'
import { planSelfRolled } from '@/lib/domain/endpoint/self-rollout'
import type { ReplicaSighting } from '@/lib/domain/endpoint/self-rollout-types'
import { costUsd, type LedgerInterval } from '@/lib/domain/money/ledger'
import { hubSpec } from '@/lib/testing/hub-spec'
import { intervalChanges, type OpenInterval, type Pricing } from './intervals'

const MINUTE_MS = 60_000
const PRICE = 0.8

/** What runs from which minute on. */
const HISTORY: { minute: number; replicas: Record<string, ReplicaSighting['state']> }[] = [
  { minute: 0, replicas: { a: 'pending' } },
  { minute: 2, replicas: { a: 'initializing' } },
  { minute: 5, replicas: { a: 'running' } },
  { minute: 20, replicas: { a: 'running', b: 'initializing', c: 'pending' } },
  { minute: 24, replicas: { a: 'running', b: 'running', c: 'initializing' } },
  { minute: 30, replicas: { a: 'running', c: 'running' } },
  { minute: 40, replicas: { a: 'running' } },
  { minute: 55, replicas: {} },
  { minute: 60, replicas: {} },
]

it('an hour with scale changes costs what its replicas’ charged minutes cost, to the cent', () => {
  let rows: readonly Replica[] = []
  let open: OpenInterval[] = []
  const ledger: LedgerInterval[] = []
  const pricing = (): Pricing => ({
    instanceType: 'x1',
    priceUsdPerHour: PRICE,
    freeStates: ['failed', 'pending'],
  })
  const record = (each: OpenInterval, toMs: number | null) =>
    ledger.push({ state: each.state, fromMs: each.startedAtMs, toMs, priceUsdPerHour: each.priceUsdPerHour })

  for (const { minute, replicas } of HISTORY) {
    const nowMs = minute * MINUTE_MS
    const sightings = Object.entries(replicas).map(([id, state]) => ({ id, name: id, state, message: '' }))
    const plan = planSelfRolled({
      desired: 'present',
      revision: 1,
      spec: hubSpec(),
      settled: null,
      isReadOnly: false,
      drift: null,
      message: '',
      state: 'running',
      servingRevision: 1,
      upstreamUrl: null,
      privateService: null,
      replicas: rows,
      sighting: {
        state: sightings.length > 0 ? 'running' : 'scaledToZero',
        message: '',
        errorMessage: null,
        revision: 1,
        address: null,
        readyReplicas: 1,
        targetReplicas: sightings.length,
        replicas: sightings,
      },
      nowMs,
    })
    const changes = intervalChanges(plan.replicas, open, pricing, nowMs)
    for (const { id, endedAtMs } of changes.close)
      for (const each of open.filter(candidate => candidate.id === id)) record(each, endedAtMs)
    const closed = new Set(changes.close.map(({ id }) => id))
    const begun = changes.open.map((each, index) => ({ ...each, id: minute * 100 + index }))
    open = [...open.filter(({ id }) => !closed.has(id)), ...begun]
    rows = plan.replicas.filter(({ stoppedAtMs }) => stoppedAtMs === null)
  }

  expect(open).toEqual([])
  // a: 2 to 55, b: 20 to 30, c: 24 to 40.
  const chargedMinutes = 53 + 10 + 16
  const cost = costUsd(ledger, { fromMs: 0, toMs: 60 * MINUTE_MS })
  expect(cost).toBeCloseTo((chargedMinutes / 60) * PRICE, 6)
})
