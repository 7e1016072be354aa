import type { IncomingHttpHeaders } from 'node:http'
import { describe, expect, it } from 'vitest'
import { upstreamHeaders } from './request-headers'

const sentFor = (received: IncomingHttpHeaders, contentLength: number | null = null) => {
  const flat = upstreamHeaders(received, {
    requestId: 'id-1',
    address: '192.0.2.1',
    proto: 'https',
    host: 'gateway.example',
    contentLength,
  })
  const pairs: [string, string][] = []
  for (let i = 0; i < flat.length; i += 2) pairs.push([flat[i] ?? '', flat[i + 1] ?? ''])
  return Object.fromEntries(pairs)
}

const OURS = {
  'x-request-id': 'id-1',
  'x-forwarded-for': '192.0.2.1',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'gateway.example',
}

describe('headers to a replica', () => {
  it('carry what is about the message', () => {
    const received = { accept: 'application/json', 'content-type': 'text/plain', 'x-custom': '1' }
    expect(sentFor(received, 3)).toEqual({ ...received, ...OURS, 'content-length': '3' })
  })

  it('never carry credentials, connection headers or claims about the caller', () => {
    const forged = Object.fromEntries(
      [
        'authorization',
        'cookie',
        'proxy-authorization',
        'connection',
        'keep-alive',
        'te',
        'trailer',
        'transfer-encoding',
        'upgrade',
        'expect',
        'host',
        'content-length',
        'forwarded',
        'proxy',
        'x-real-ip',
        'x_real_ip',
        'x-forwarded-for',
        'x_forwarded_for',
        'x-forwarded-user',
        'x-request-id',
        'true-client-ip',
      ].map(name => [name, name === 'connection' ? 'keep-alive' : 'forged']),
    )
    expect(sentFor(forged)).toEqual(OURS)
  })

  it('drop what the Connection header lists', () => {
    expect(sentFor({ connection: 'close, X-Hop', 'x-hop': '1', 'x-stays': '1' })).toEqual({
      ...OURS,
      'x-stays': '1',
    })
  })
})
