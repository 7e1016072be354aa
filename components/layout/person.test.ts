import { expect, it } from 'vitest'
import { initialsOf } from './person'

it('takes the first and the last name, one letter of an address, and never nothing', () => {
  expect(initialsOf('Ada Lovelace')).toBe('AL')
  expect(initialsOf('Augusta Ada King')).toBe('AK')
  expect(initialsOf('admin')).toBe('A')
  expect(initialsOf('ada.king@example.com')).toBe('A')
  expect(initialsOf(' ')).toBe('?')
})
