import { describe, expect, it } from 'vitest'
import { displayState, isInFlight } from './display-state'

const standing = (
  state: 'running' | 'paused' | 'failed' | 'pending',
  desired: 'present' | 'paused' | 'absent',
) => ({
  state,
  desired,
  errorMessage: null,
  removedAt: null,
})

describe('the state a person is told', () => {
  it('of a deleted endpoint is that, and nothing moves any more', () => {
    const deleted = { ...standing('paused', 'absent'), removedAt: '2026-01-01T00:00:00Z' }
    expect(displayState(deleted).label).toBe('Deleted')
    expect(isInFlight(deleted)).toBe(false)
  })

  it('is the observed one when it is what the team wants', () => {
    expect(displayState(standing('running', 'present')).label).toBe('Running')
    expect(displayState(standing('paused', 'paused')).label).toBe('Paused')
  })

  it('is the way there while the two differ', () => {
    expect(displayState(standing('running', 'paused')).label).toBe('Pausing')
    expect(displayState(standing('paused', 'present')).label).toBe('Resuming')
    expect(displayState(standing('running', 'absent')).label).toBe('Deleting')
    expect(displayState({ ...standing('failed', 'absent'), errorMessage: 'No access.' }).label).toBe(
      'Delete failed',
    )
  })
})

describe('an endpoint is in flight', () => {
  it('while the controller is still moving it', () => {
    expect(isInFlight(standing('pending', 'present'))).toBe(true)
    expect(isInFlight(standing('running', 'paused'))).toBe(true)
    expect(isInFlight(standing('paused', 'present'))).toBe(true)
    expect(isInFlight(standing('paused', 'absent'))).toBe(true)
  })

  it('never when it is where it shall be, or failed', () => {
    expect(isInFlight(standing('running', 'present'))).toBe(false)
    expect(isInFlight(standing('paused', 'paused'))).toBe(false)
    expect(isInFlight(standing('failed', 'present'))).toBe(false)
  })
})
