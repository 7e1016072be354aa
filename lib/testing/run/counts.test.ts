import { describe, expect, it } from 'vitest'
// @ts-expect-error plain JavaScript on purpose: it runs before any package is installed
import { afterAgain, lastLine, ofPlaywright, ofVitest, redFiles, sum } from './counts.mjs'

const vitestReport = (change: object) => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  testResults: [],
  ...change,
})

describe('counts of a test run', () => {
  it('add up to the last line', () => {
    const total = sum([
      ofVitest(vitestReport({}), 0),
      ofPlaywright({ stats: { expected: 2, unexpected: 1, flaky: 1, skipped: 0 }, errors: [] }, 1),
    ])
    expect(lastLine(total)).toBe('6 passed, 1 failed, 1 skipped')
    expect(lastLine({ passed: 5, failed: 0, skipped: 0 })).toBe('5 passed, 0 failed')
  })

  it.each([
    ['no report', null, 0],
    ['no test at all', vitestReport({ numPassedTests: 0, numPendingTests: 0 }), 0],
    ['an unhandled error', vitestReport({}), 1],
    [
      'a file that does not load',
      vitestReport({ testResults: [{ status: 'failed', assertionResults: [] }] }),
      1,
    ],
  ])('never take %s for success', (_, report, exitCode) => {
    expect(ofVitest(report, exitCode).failed).toBe(1)
  })

  it('take the second run of red files for the first', () => {
    const tests = ['passed', 'passed', 'failed', 'skipped'].map(status => ({ status }))
    const report = vitestReport({
      numPassedTests: 10,
      numFailedTests: 1,
      testResults: [
        { name: 'red.test.ts', status: 'failed', assertionResults: tests },
        { name: 'green.test.ts', status: 'passed', assertionResults: [{ status: 'passed' }] },
      ],
    })
    const red = redFiles(report)
    expect(red).toEqual({ names: ['red.test.ts'], counts: { passed: 2, failed: 1, skipped: 1 } })
    const again = { passed: 3, failed: 0, skipped: 1 }
    expect(afterAgain(ofVitest(report, 1), red.counts, again)).toEqual({ passed: 11, failed: 0, skipped: 1 })
    expect(redFiles(null).names).toEqual([])
  })
})
