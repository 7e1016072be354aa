import { expect, it } from 'vitest'
import { onceEach } from './context'

it('reads each key once, also for those who ask before the answer is there', async () => {
  const once = onceEach()
  let reads = 0
  const read = async () => ++reads
  expect(await Promise.all([once('a', read), once('a', read)])).toEqual([1, 1])
  expect(await once('b', read)).toBe(2)
  expect(await once('a', read)).toBe(1)
  expect(await onceEach()('a', read)).toBe(3)
})
