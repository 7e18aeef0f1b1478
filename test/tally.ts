/** What a run of the tests came to. */
export interface Tally {
  passed: number
  failed: number
  skipped: number
}

interface Report {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  /** A file that failed without a failed test could not even be loaded. */
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

/** From vitest's JSON report and its exit code: what failed outside any test (a file, a hook, a threshold) counts as one. */
export function tallyOf(report: unknown, exitCode: number): Tally {
  if (!isReport(report)) return { passed: 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 }
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  ).length
  const failed = report.numFailedTests + broken
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )
}

export function summaryLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** A run in which nothing ran has proved nothing. */
export function exitCodeOf({ passed, failed }: Tally): 0 | 1 {
  return failed > 0 || passed === 0 ? 1 : 0
}

function isReport(report: unknown): report is Report {
  return typeof report === 'object' && report !== null && 'numPassedTests' in report && 'testResults' in report
}
