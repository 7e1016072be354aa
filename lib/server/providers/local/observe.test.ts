import { expect, test } from 'vitest'
import { judgeHealth, type Silences } from './observe'

const context = (silences: Silences = new Map()) => ({ nonce: 'n', isStopping: false, silences })

test('only a ready answer makes it running', () => {
  expect(judgeHealth({ kind: 'ready' }, context()).state).toBe('running')
  expect(judgeHealth({ kind: 'silent' }, context()).state).toBe('initializing')
  expect(judgeHealth({ kind: 'closed' }, context()).state).toBe('initializing')
  expect(judgeHealth({ kind: 'unwell', message: 'It answers 500.' }, context())).toEqual({
    state: 'initializing',
    message: 'It answers 500.',
  })
})

test('phases are said with their progress', () => {
  const starting = { kind: 'starting', message: 'Downloading model.onnx' } as const
  expect(judgeHealth({ ...starting, phase: 'downloading', progress: 0.404 }, context())).toEqual({
    state: 'downloading',
    message: 'Downloading model.onnx, 40 %',
  })
  expect(judgeHealth({ ...starting, phase: 'loading', progress: null }, context())).toEqual({
    state: 'initializing',
    message: 'Downloading model.onnx',
  })
})

test('one that was ready stays running through two silences, not three', () => {
  const silences: Silences = new Map()
  const states = (['ready', 'silent', 'silent', 'ready', 'silent', 'silent', 'silent'] as const).map(
    kind => judgeHealth({ kind }, context(silences)).state,
  )
  expect(states).toEqual(['running', 'running', 'running', 'running', 'running', 'running', 'initializing'])
})

test('one that refuses connections is out at once, however well it was', () => {
  const silences: Silences = new Map()
  judgeHealth({ kind: 'ready' }, context(silences))
  expect(judgeHealth({ kind: 'closed' }, context(silences)).state).toBe('initializing')
  expect(judgeHealth({ kind: 'closed' }, { ...context(silences), isStopping: true }).message).toBe(
    'Stopping.',
  )
})
