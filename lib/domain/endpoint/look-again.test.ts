import { describe, expect, it } from 'vitest'
import { lookAgainAtAnyMs, lookAgainMs } from './look-again'

const running = { state: 'running', desired: 'present' } as const
const paused = { state: 'paused', desired: 'paused' } as const
const pending = { state: 'pending', desired: 'present' } as const

describe('a page looks again', () => {
  it('often while something is on its way, and now and then while a replica could crash', () => {
    const soon = lookAgainMs(pending)
    const later = lookAgainMs(running)
    expect(soon).toBeLessThan(Number(later))
    expect(lookAgainMs({ ...running, desired: 'paused' })).toBe(soon)
    expect(lookAgainMs({ state: 'updateFailed', desired: 'present' })).toBe(later)
  })

  it('never at what only a person can change', () => {
    expect(lookAgainMs(paused)).toBe(false)
    expect(lookAgainMs({ state: 'failed', desired: 'present' })).toBe(false)
    expect(lookAgainMs({ state: 'scaledToZero', desired: 'scaledToZero' })).toBe(false)
    const removed = { state: 'paused', desired: 'absent', removedAt: '2026-11-23T00:00:00Z' } as const
    expect(lookAgainMs(removed)).toBe(false)
    expect(lookAgainMs({ ...removed, removedAt: null })).not.toBe(false)
  })

  it('at a list as soon as one of it asks for, and now and then for what is not in it yet', () => {
    expect(lookAgainAtAnyMs([paused, running, pending])).toBe(lookAgainMs(pending))
    expect(lookAgainAtAnyMs([paused, running])).toBe(lookAgainMs(running))
    expect(lookAgainAtAnyMs([paused])).toBe(lookAgainMs(running))
    expect(lookAgainAtAnyMs([])).toBe(lookAgainMs(running))
  })
})
