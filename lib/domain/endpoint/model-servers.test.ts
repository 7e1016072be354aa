import { expect, test } from 'vitest'
import { serverProblem } from './model-servers'

test('a server is for its tasks, and some need a GPU', () => {
  const on = { task: 'text-generation', accelerator: 'gpu' } as const
  expect(serverProblem('vllm', on)).toBeNull()
  expect(serverProblem('vllm', { ...on, accelerator: 'cpu' })).toMatch(/needs a GPU/)
  expect(serverProblem('tgi', { ...on, task: 'fill-mask' })).toMatch(
    /is for text generation, not for fill mask/,
  )
  expect(serverProblem('tei', { task: 'feature-extraction', accelerator: 'cpu' })).toBeNull()
  expect(serverProblem('toolkit', { task: 'fill-mask', accelerator: 'cpu' })).toBeNull()
})
