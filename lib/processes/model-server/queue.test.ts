import { describe, expect, it } from 'vitest'
import { BoundedQueue } from './queue'

const never = new AbortController().signal
const take = async (queue: BoundedQueue, signal = never) => {
  const turn = await queue.enter(signal)
  if (typeof turn === 'string') throw new Error(turn)
  return turn
}

describe('BoundedQueue', () => {
  it('runs one at a time, in order', async () => {
    const queue = new BoundedQueue(5)
    const order: number[] = []
    const first = await take(queue)
    const others = [1, 2, 3].map(async number => {
      const done = await take(queue)
      order.push(number)
      done()
    })
    expect([queue.running, queue.waiting]).toEqual([1, 3])
    first()
    await Promise.all(others)
    expect(order).toEqual([1, 2, 3])
    expect([queue.running, queue.waiting]).toEqual([0, 0])
  })

  it('refuses what does not fit, only then', async () => {
    const queue = new BoundedQueue(1)
    const first = await take(queue)
    expect(queue.isFull).toBe(false)
    const second = take(queue)
    expect(queue.isFull).toBe(true)
    expect(await queue.enter(never)).toBe('full')
    first()
    ;(await second)()
    expect(queue.isFull).toBe(false)
  })

  it('forgets who leaves while waiting', async () => {
    const queue = new BoundedQueue(5)
    const first = await take(queue)
    const leaving = new AbortController()
    const waiting = queue.enter(leaving.signal)
    leaving.abort()
    expect(await waiting).toBe('aborted')
    expect(queue.waiting).toBe(0)
    expect(await queue.enter(leaving.signal)).toBe('aborted')
    first()
  })

  it('takes a turn back once, however often it is given', async () => {
    const queue = new BoundedQueue(5)
    const first = await take(queue)
    first()
    const second = await take(queue)
    first()
    expect(queue.running).toBe(1)
    second()
  })
})
