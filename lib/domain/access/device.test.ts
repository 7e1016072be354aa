import { expect, it } from 'vitest'
import { deviceOf } from './device'

it('names browser and system as far as the browser says', () => {
  expect(
    deviceOf(
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36',
    ),
  ).toBe('Chrome on Linux')
  expect(deviceOf('Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0')).toBe(
    'Edge on Windows',
  )
  expect(deviceOf('curl/8')).toBe('Unknown browser')
  expect(deviceOf(null)).toBe('Unknown browser')
})
