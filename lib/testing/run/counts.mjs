// Counts from the reports of the test runners. A runner that fails without a failed test (it crashed, an import did
// not load, an error went unhandled) counts as one failure: silence is never success.

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @returns {Counts} */
const withExitCode = (counts, exitCode) =>
  exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts

/** @returns {Counts} */
export const ofExitCode = exitCode =>
  exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }

/** @returns {Counts} */
export function ofVitest(report, exitCode) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const broken = report.testResults.filter(
    file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'),
  ).length
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  }
  return withExitCode(
    counts.passed + counts.failed + counts.skipped === 0 ? { ...counts, failed: 1 } : counts,
    exitCode,
  )
}

/** A flaky test was red first and green when it was run again. @returns {Counts} */
export function ofPlaywright(report, exitCode) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const { expected, unexpected, flaky, skipped } = report.stats
  return withExitCode(
    { passed: expected + flaky, failed: unexpected + report.errors.length, skipped },
    exitCode,
  )
}

/** The files of a vitest report that hold a failure. @returns {{ names: string[], counts: Counts }} */
export function redFiles(report) {
  const red = (report?.testResults ?? []).filter(file => file.status === 'failed')
  const tests = red.flatMap(file => file.assertionResults)
  const count = (...statuses) => tests.filter(test => statuses.includes(test.status)).length
  return {
    names: red.map(file => file.name),
    counts: {
      passed: count('passed'),
      failed: count('failed'),
      skipped: count('skipped', 'pending', 'todo'),
    },
  }
}

/** Counts of a run whose red files were green when run again. @returns {Counts} */
export const afterAgain = (first, red, again) => ({
  passed: first.passed - red.passed + again.passed,
  failed: 0,
  skipped: first.skipped - red.skipped + again.skipped,
})

/** @param {Counts[]} all @returns {Counts} */
export const sum = all =>
  all.reduce(
    (total, one) => ({
      passed: total.passed + one.passed,
      failed: total.failed + one.failed,
      skipped: total.skipped + one.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )

/** The last line of `npm test`. @param {Counts} counts */
export const lastLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
