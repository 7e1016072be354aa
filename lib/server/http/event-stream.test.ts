import { describe, expect, it } from 'vitest'
import { fail, ok } from '@/lib/domain/result'
import type { StreamItem } from '@/lib/server/services/logs/follow-logs'
import { eventResponse, streamResponse } from './event-stream'

const request = () => new Request('http://localhost:3000/stream')
const same = (item: StreamItem) => item

async function* three(): AsyncGenerator<StreamItem> {
  yield { id: 7, json: Buffer.from('{"a":1}') }
  yield 'heartbeat'
  yield { id: null, json: Buffer.from('{"end":true}') }
}

describe('a stream', () => {
  it('is events with their ids, and comments between them', async () => {
    const response = await eventResponse(request(), async () => ok(three()), same)
    if (!(response instanceof Response)) throw new Error('refused')
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    expect(await response.text()).toBe('id: 7\ndata: {"a":1}\n\n: still here\n\ndata: {"end":true}\n\n')
  })

  it('leaves out what is nothing in its form', async () => {
    const text = (item: StreamItem) => (item === 'heartbeat' ? null : `${item.json}\n`)
    const response = await streamResponse(request(), async () => ok(three()), text, {})
    if (!(response instanceof Response)) throw new Error('refused')
    expect(await response.text()).toBe('{"a":1}\n{"end":true}\n')
  })

  it('refuses before its first byte', async () => {
    const refused = fail('not_found', 'There is no such endpoint.')
    expect(await eventResponse(request(), async () => refused, same)).toEqual(refused)
  })

  it('ends its source when the reader leaves', async () => {
    let hasEnded = false
    let signal: AbortSignal | undefined
    async function* endless(): AsyncGenerator<StreamItem> {
      try {
        for (;;) yield 'heartbeat'
      } finally {
        hasEnded = true
      }
    }
    const open = async (following: { signal: AbortSignal }) => {
      signal = following.signal
      return ok(endless())
    }
    const response = await eventResponse(request(), open, same)
    if (!(response instanceof Response)) throw new Error('refused')
    const reader = response.body?.getReader()
    await reader?.read()
    await reader?.cancel()
    expect([hasEnded, signal?.aborted]).toEqual([true, true])
  })
})
