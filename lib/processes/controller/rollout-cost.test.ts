import { expect, it } from 'vitest'
import { costUsd, type LedgerInterval } from '@/lib/domain/money/ledger'
import { RolloutWorld } from '@/lib/testing/rollout-world'
import { intervalChanges, type OpenInterval, type Pricing } from './intervals'

const PRICE = 1.408
const pricing = (): Pricing => ({ instanceType: 'x1', priceUsdPerHour: PRICE, freeStates: ['failed'] })
const HOUR_SECONDS = 3_600

/** What happens in which second. */
const HISTORY: Record<number, (world: RolloutWorld) => void> = {
  600: world => world.update({ wantedReplicas: 3 }),
  1200: world => world.crash(world.ready()[0]?.id ?? '', 1),
  1800: world => world.update({ wantedReplicas: 2, runtime: 'another' }),
  2700: world => world.update({ wantedReplicas: 1 }),
  3300: world => {
    world.desired = 'paused'
  },
}

it('an hour of replicas that we roll ourselves costs the time their processes had, to the cent', () => {
  const world = new RolloutWorld()
  const startMs = world.nowMs
  const ledger: (LedgerInterval & { id: number })[] = []
  const open = (): OpenInterval[] =>
    ledger
      .filter(({ toMs }) => toMs === null)
      .map(each => ({ ...each, ...names.get(each.id), startedAtMs: each.fromMs }) as OpenInterval)
  const names = new Map<number, { replicaId: string; instanceType: string }>()
  let processSeconds = 0

  for (let second = 0; second < HOUR_SECONDS; second++) {
    HISTORY[second]?.(world)
    world.pass()
    const changes = intervalChanges(world.rows, open(), pricing, world.nowMs)
    for (const { id, endedAtMs } of changes.close)
      for (const each of ledger) if (each.id === id) each.toMs = endedAtMs
    for (const { startedAtMs, replicaId, instanceType, state, priceUsdPerHour } of changes.open) {
      names.set(ledger.length, { replicaId, instanceType })
      ledger.push({ id: ledger.length, state, fromMs: startedAtMs, toMs: null, priceUsdPerHour })
    }
    processSeconds += [...world.processes.values()].filter(
      ({ sighting }) => sighting.state !== 'failed',
    ).length
    world.advance(1_000)
  }

  expect(new Set([...names.values()].map(({ replicaId }) => replicaId)).size).toBeGreaterThan(4)
  expect(open()).toEqual([])
  const cost = costUsd(ledger, { fromMs: startMs, toMs: world.nowMs })
  expect(cost).toBeCloseTo((processSeconds / HOUR_SECONDS) * PRICE, 2)
})
