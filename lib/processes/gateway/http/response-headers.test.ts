import { describe, expect, it } from 'vitest'
import { answerHead } from './response-headers'

const headOf = (headers: Record<string, string>) => {
  const raw = Object.entries(headers).flatMap(([name, value]) => [Buffer.from(name), Buffer.from(value)])
  const head = answerHead(raw, 'id-1')
  const pairs: [string, string][] = []
  for (let i = 0; i < head.headers.length; i += 2) {
    pairs.push([(head.headers[i] ?? '').toLowerCase(), head.headers[i + 1] ?? ''])
  }
  return { ...head, sent: Object.fromEntries(pairs) }
}

describe('headers to the client', () => {
  it('are the replica’s, with the request id and open to browsers', () => {
    const head = headOf({ 'Content-Type': 'application/json', 'Content-Length': '12', 'X-Model': 'a' })
    expect(head.sent).toMatchObject({
      'content-type': 'application/json',
      'content-length': '12',
      'x-model': 'a',
      'x-request-id': 'id-1',
      'access-control-allow-origin': '*',
    })
    expect(head).toMatchObject({ contentLength: 12, contentType: 'application/json', isEncoded: false })
    expect(head.sent).not.toHaveProperty('content-security-policy')
  })

  it('never set cookies, policies of the host, or another request id', () => {
    const { sent } = headOf({
      'content-type': 'text/plain',
      'Set-Cookie': 'session=1',
      'SET-COOKIE2': 'a',
      'Clear-Site-Data': '"cookies"',
      'Alt-Svc': 'h3="evil:443"',
      'Strict-Transport-Security': 'max-age=1',
      'X-Request-Id': 'other',
      'Access-Control-Allow-Credentials': 'true',
      Connection: 'upgrade',
      'Transfer-Encoding': 'chunked',
    })
    expect(Object.keys(sent).sort()).toEqual([
      'access-control-allow-origin',
      'access-control-expose-headers',
      'content-type',
      'x-content-type-options',
      'x-request-id',
    ])
    expect(sent['x-request-id']).toBe('id-1')
  })

  it.each(['text/html; charset=utf-8', 'application/xhtml+xml', 'image/svg+xml', 'TEXT/HTML', ''])(
    'put %j answers into a sandbox',
    contentType => {
      const { sent } = headOf(contentType ? { 'content-type': contentType } : {})
      expect(sent['content-security-policy']).toBe('sandbox')
    },
  )
})
