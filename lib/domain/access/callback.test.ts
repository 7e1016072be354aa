import { expect, it } from 'vitest'
import { safeCallback } from './callback'

it('keeps paths of this portal', () => {
  expect(safeCallback('/main/endpoints?search=a', '/')).toBe('/main/endpoints?search=a')
})

it('never leaves it, and never comes back to the sign-in page', () => {
  const foreign = [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '/a\\b',
    '/sign-in?callbackUrl=/sign-in',
    '/api/auth/signout',
    '',
    null,
    undefined,
  ]
  for (const url of foreign) expect(safeCallback(url, '/'), String(url)).toBe('/')
})
