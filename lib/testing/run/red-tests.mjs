// Names what was red, with the first line of why: a log of CI is read from its end, and often only that is kept.
import { relative } from 'node:path'

const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')
const MOST_OF_A_REASON = 300

/** The first lines of a failure that say something, as one. */
const reason = message =>
  (message ?? '')
    .replaceAll(COLOURS, '')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('at '))
    .slice(0, 4)
    .join(' · ')
    .slice(0, MOST_OF_A_REASON)

/** @param {object | null} report of vitest @param {string} root @returns {string[]} */
export const redInVitest = (report, root) =>
  (report?.testResults ?? [])
    .filter(file => file.status === 'failed')
    .flatMap(file => {
      const name = relative(root, file.name)
      const tests = file.assertionResults.filter(test => test.status === 'failed')
      if (tests.length === 0) return [`${name}: ${reason(file.message)}`]
      return tests.map(test => `${name}: ${test.fullName}: ${reason(test.failureMessages[0])}`)
    })

const specsOf = suite => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)]

const withStatus = (report, status) =>
  specsOf(report ?? {})
    .filter(spec => spec.tests.some(test => test.status === status))
    .map(spec => {
      const errors = spec.tests.flatMap(test => test.results).flatMap(result => result.errors)
      return `${spec.file}: ${spec.title}: ${reason(errors[0]?.message)}`
    })

/** @param {object | null} report of Playwright @returns {string[]} */
export const redInPlaywright = report => withStatus(report, 'unexpected')

/** Red at first and green when run again. @param {object | null} report of Playwright @returns {string[]} */
export const flakyTests = report => withStatus(report, 'flaky')
