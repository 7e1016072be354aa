import { expect, test } from 'vitest'
import { keySecrets } from './connection'

test('keys of a session are refused, with what to give instead', () => {
  const secretAccessKey = 'x'.repeat(40)
  expect(keySecrets.safeParse({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey }).success).toBe(true)
  const refused = keySecrets.safeParse({ accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey })
  expect(refused.error?.issues[0]?.message).toContain('IAM user')
})
