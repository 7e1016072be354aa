import { describe, expect, it } from 'vitest'
import { isOwnOrigin } from './origin'

const local = { url: 'http://localhost:3000', isConfigured: false }
const configured = { url: 'https://slipway.example.com', isConfigured: true }

describe('the origin of a change', () => {
  it('must be there and be an origin', () => {
    for (const origin of [null, '', 'null', 'localhost:3000', 'http://localhost:3000/path'])
      expect(isOwnOrigin(origin, 'localhost:3000', local)).toBe(false)
  })

  it('is the configured address and nothing else, whatever Host says', () => {
    expect(isOwnOrigin('https://slipway.example.com', 'portal:3000', configured)).toBe(true)
    expect(isOwnOrigin('http://slipway.example.com', 'slipway.example.com', configured)).toBe(false)
    expect(isOwnOrigin('http://localhost:3000', 'localhost:3000', configured)).toBe(false)
    expect(isOwnOrigin('https://evil.example', 'evil.example', configured)).toBe(false)
  })

  it('may be any name of this machine while no address is configured', () => {
    expect(isOwnOrigin('http://localhost:3000', 'localhost:3000', local)).toBe(true)
    expect(isOwnOrigin('http://127.0.0.1:3000', '127.0.0.1:3000', local)).toBe(true)
    expect(isOwnOrigin('http://192.168.1.5:3000', '192.168.1.5:3000', local)).toBe(true)
    expect(isOwnOrigin('http://localhost:3001', 'localhost:3000', local)).toBe(false)
    expect(isOwnOrigin('http://192.168.1.6:3000', '192.168.1.5:3000', local)).toBe(false)
  })

  it('is not a foreign name that was made to point here', () => {
    expect(isOwnOrigin('http://rebound.example:3000', 'rebound.example:3000', local)).toBe(false)
  })
})
