import { describe, expect, it } from 'vitest'
import { chooseReplica } from './choose-replica'

const candidate = (inFlight: number, isAvoided = false) => ({ inFlight, isAvoided: () => isAvoided })

describe('the replica for a request', () => {
  it('is the one with the fewest requests in flight', () => {
    const [busy, idle] = [candidate(3), candidate(1)]
    for (const turn of [0, 1, 2]) expect(chooseReplica([busy, idle], turn, 0)).toBe(idle)
  })

  it('rotates among equals', () => {
    const all = [candidate(0), candidate(0), candidate(0)]
    expect([0, 1, 2, 3].map(turn => all.indexOf(chooseReplica(all, turn, 0) ?? candidate(9)))).toEqual([
      0, 1, 2, 0,
    ])
  })

  it('shares a steady load evenly', () => {
    const all = [candidate(0), candidate(0), candidate(0)]
    for (let turn = 0; turn < 300; turn++) {
      const chosen = chooseReplica(all, turn, 0)
      if (chosen) chosen.inFlight++
    }
    expect(all.map(each => each.inFlight)).toEqual([100, 100, 100])
  })

  it('is not one that just refused, unless it is the last', () => {
    const [refused, busy] = [candidate(0, true), candidate(50)]
    expect(chooseReplica([refused, busy], 0, 0)).toBe(busy)
    expect(chooseReplica([refused, busy], 0, 0, new Set([busy]))).toBe(refused)
  })

  it('is none when all were tried', () => {
    const only = candidate(0)
    expect(chooseReplica([only], 0, 0, new Set([only]))).toBeNull()
    expect(chooseReplica([], 5, 0)).toBeNull()
  })
})
