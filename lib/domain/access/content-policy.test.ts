import { describe, expect, it } from 'vitest'
import { contentPolicy } from './content-policy'

const policy = contentPolicy({ nonce: 'abc', gatewayUrl: 'https://gw.example.com/x', isDevelopment: false })

describe('the content policy', () => {
  it('runs scripts of this answer only', () => {
    expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';")
    expect(policy).not.toContain('unsafe-eval')
  })

  it('talks to this origin and the gateway, and is framed by nobody', () => {
    expect(policy).toContain("connect-src 'self' https://gw.example.com;")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("base-uri 'none'")
  })
})
