import { expect, test } from 'vitest'
import { redactor } from './redact'

test('every place of every secret is replaced by its name, and nothing else', () => {
  const redact = redactor({
    HF_TOKEN: 'hf_abcdefgh',
    DB_URL: 'postgres://me:hf_abcdefgh@db',
    $1: '$& dollars',
  })
  expect(redact('token hf_abcdefgh and hf_abcdefgh again')).toBe(
    'token [secret HF_TOKEN] and [secret HF_TOKEN] again',
  )
  expect(redact('connecting to postgres://me:hf_abcdefgh@db')).toBe('connecting to [secret DB_URL]')
  expect(redact('cost: $& dollars')).toBe('cost: [secret $1]')
  expect(redact('hf_abcdefg')).toBe('hf_abcdefg')
})

test('short values and empty ones are left alone', () => {
  const redact = redactor({ MODE: 'debug', EMPTY: '', PORT: '8080' })
  expect(redact('debug on port 8080')).toBe('debug on port 8080')
})

test('a key of several lines is recognised by each of them', () => {
  const redact = redactor({ KEY: '-----BEGIN KEY-----\nMIIEvQIBADANBg\n\nx\n' })
  expect(redact('  MIIEvQIBADANBg')).toBe('  [secret KEY]')
  expect(redact('x marks nothing')).toBe('x marks nothing')
})
