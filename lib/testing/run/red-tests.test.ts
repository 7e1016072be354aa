import { expect, it } from 'vitest'
// @ts-expect-error plain JavaScript on purpose: it runs before any package is installed
import { flakyTests, redInPlaywright, redInVitest } from './red-tests.mjs'

const test = (status: string, fullName: string, ...failureMessages: string[]) => ({
  status,
  fullName,
  failureMessages,
})

it('red tests are named with the first lines of why', () => {
  const red = test(
    'failed',
    'links lead somewhere',
    'AssertionError: \u001b[31mno\u001b[39m\n\n    at a.ts:1\n  seed: 7',
  )
  const report = {
    testResults: [
      { name: '/root/lib/a.test.ts', status: 'failed', assertionResults: [test('passed', 'other'), red] },
      { name: '/root/lib/b.test.ts', status: 'failed', message: 'Cannot find package', assertionResults: [] },
      { name: '/root/lib/c.test.ts', status: 'passed', assertionResults: [test('passed', 'green')] },
    ],
  }
  expect(redInVitest(report, '/root')).toEqual([
    'lib/a.test.ts: links lead somewhere: AssertionError: no · seed: 7',
    'lib/b.test.ts: Cannot find package',
  ])
  expect(redInVitest(null, '/root')).toEqual([])
})

it('a browser test is red, or was red at first', () => {
  const spec = (title: string, status: string) => ({
    file: 'logs.spec.ts',
    title,
    tests: [{ status, results: [{ errors: [{ message: 'Timed out' }] }, { errors: [] }] }],
  })
  const report = {
    suites: [
      {
        specs: [spec('follows', 'expected')],
        suites: [{ specs: [spec('ends', 'unexpected'), spec('waits', 'flaky')] }],
      },
    ],
  }
  expect(redInPlaywright(report)).toEqual(['logs.spec.ts: ends: Timed out'])
  expect(flakyTests(report)).toEqual(['logs.spec.ts: waits: Timed out'])
  expect(flakyTests(null)).toEqual([])
})
