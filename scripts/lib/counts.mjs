/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * Counts from Vitest's JSON report. A file that could not even be loaded is a failure, and so is a run without a report.
 * @param {{ numPassedTests: number, numFailedTests: number, testResults: { status: string, assertionResults: { status: string }[] }[] } | undefined} report
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countVitest(report, exitCode) {
  if (!report) return { passed: 0, failed: 1 };
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return atLeastOneFailed({ passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length }, exitCode);
}

/**
 * Counts from Playwright's JSON report.
 * @param {{ stats: { expected: number, unexpected: number, flaky: number } } | undefined} report
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countPlaywright(report, exitCode) {
  if (!report) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky } = report.stats;
  return atLeastOneFailed({ passed: expected, failed: unexpected + flaky }, exitCode);
}

/** An exit code says that something failed even where no test did: an unhandled rejection, a teardown. */
/** @param {Counts} counts @param {number} exitCode @returns {Counts} */
function atLeastOneFailed({ passed, failed }, exitCode) {
  return { passed, failed: exitCode === 0 ? failed : Math.max(1, failed) };
}
