import { describe, expect, it } from 'vitest'
import { stateNotes } from './state-notes'

const since = '2026-01-01T00:00:00.000Z'
const endpoint = {
  desired: 'present' as const,
  removedAt: null,
  isReadOnly: false,
  drift: null,
  unreached: null,
}
const drift = { state: null, sentence: '2 replicas there, 1 here', since, keepProblem: null }
const unreached = { since, askedAt: since, isOld: false, message: 'It does not answer.' }
const labels = (changed: Partial<Parameters<typeof stateNotes>[0]>) =>
  stateNotes({ ...endpoint, ...changed }).map(({ label }) => label)

describe('beside the state of an endpoint', () => {
  it('nothing is said of one that is as anybody would think', () => {
    expect(labels({})).toEqual([])
  })

  it('is said that it is only looked at, was changed outside, or is out of reach', () => {
    expect(labels({ isReadOnly: true })).toEqual(['Read-only'])
    expect(stateNotes({ ...endpoint, drift })).toMatchObject([
      { label: 'Changed outside', help: drift.sentence },
    ])
    expect(labels({ drift, unreached })).toEqual(['Changed outside', 'Not reached'])
    expect(labels({ unreached: { ...unreached, isOld: true } })).toEqual(['Reach unknown'])
  })

  it('nothing matters any more once it goes', () => {
    expect(labels({ isReadOnly: true, unreached, desired: 'absent' })).toEqual([])
    expect(labels({ isReadOnly: true, removedAt: since })).toEqual([])
  })
})
