import { describe, expect, it } from 'vitest'
import { formatBytes, formatMs, formatShare, formatTick } from './measure'

describe('values', () => {
  it('carry units and sensible precision', () => {
    expect(formatMs(0.4237)).toBe('0.424 ms')
    expect(formatMs(12.34)).toBe('12.3 ms')
    expect(formatMs(999)).toBe('999 ms')
    expect(formatMs(1250)).toBe('1.25 s')
    expect(formatMs(125_000)).toBe('2 min 5 s')
    expect(formatBytes(1536)).toBe('1.5 KiB')
    expect(formatBytes(3)).toBe('3 B')
    expect(formatShare(0.0312)).toBe('3.12 %')
    expect(formatTick('count', 12_500)).toBe('12.5K')
  })
})
