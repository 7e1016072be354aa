import { expect, test } from 'vitest'
import { eventTone } from './event-tone'

test('a change of state has the colour of the state it leads to', () => {
  expect(eventTone({ kind: 'stateChanged', state: 'failed' })).toBe('bad')
  expect(eventTone({ kind: 'stateChanged', state: 'running' })).toBe('good')
  expect(eventTone({ kind: 'stateChanged', state: 'paused' })).toBe('idle')
  expect(eventTone({ kind: 'stateChanged', state: 'initializing' })).toBe('progress')
})

test('anything else has the colour of its kind', () => {
  expect(eventTone({ kind: 'replicaReady', state: null })).toBe('good')
  expect(eventTone({ kind: 'rolloutFailed', state: null })).toBe('bad')
})
