import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { open, seal } from './seal'

const key = randomBytes(32)

describe('sealed secrets', () => {
  it('open with the same key and context only', () => {
    const sealed = seal('hf_secret', 'endpoint-1', key)
    expect(sealed).not.toContain('hf_secret')
    expect(open(sealed, 'endpoint-1', key)).toBe('hf_secret')
    expect(() => open(sealed, 'endpoint-2', key)).toThrow()
    expect(() => open(sealed, 'endpoint-1', randomBytes(32))).toThrow()
  })

  it('differ each time', () => {
    expect(seal('a', 'c', key)).not.toBe(seal('a', 'c', key))
  })
})
