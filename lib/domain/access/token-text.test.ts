import { describe, expect, it } from 'vitest'
import { isTokenText, makeTokenText, tokenPreview } from './token-text'

describe('token texts', () => {
  it('have a prefix, one length, and differ', () => {
    const texts = Array.from({ length: 200 }, () => makeTokenText())
    expect(new Set(texts).size).toBe(200)
    for (const text of texts) expect(text).toMatch(/^slip_[0-9A-Za-z]{49}$/)
  })

  it('hold all 256 bits, the smallest and the largest alike', () => {
    expect(isTokenText(makeTokenText(new Uint8Array(32)))).toBe(true)
    expect(makeTokenText(new Uint8Array(32))).toContain('slip_0000')
    expect(makeTokenText(new Uint8Array(32).fill(255))).toHaveLength(54)
  })

  it('show a typing error anywhere', () => {
    const text = makeTokenText()
    for (let at = 5; at < text.length; at++) {
      const other = text[at] === 'x' ? 'y' : 'x'
      expect(isTokenText(text.slice(0, at) + other + text.slice(at + 1))).toBe(false)
    }
    expect(isTokenText(text.slice(0, -1))).toBe(false)
    expect(isTokenText(`hf_${text.slice(5)}`)).toBe(false)
  })

  it('show four characters of the secret part at most', () => {
    expect(tokenPreview('slip_abcdEFGH')).toBe('slip_abcd…')
    expect(tokenPreview('a-token-of-the-operator')).toBe('a-to…')
  })
})
