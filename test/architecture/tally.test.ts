import { describe, expect, it } from 'vitest'
import { exitCodeOf, sum, summaryLine, tallyOf } from '../tally.ts'

const FILE = { status: 'passed', assertionResults: [{ status: 'passed' }] }
const report = (counts: object, testResults: object[] = [FILE]): object => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults,
  ...counts,
})

describe('the summary of a run', () => {
  it.each([
    ['passes', report({ numPassedTests: 3 }), 0, { passed: 3, failed: 0, skipped: 0 }],
    ['failed tests', report({ numPassedTests: 3, numFailedTests: 2 }), 1, { passed: 3, failed: 2, skipped: 0 }],
    [
      'skipped and planned tests',
      report({ numPendingTests: 1, numTodoTests: 1 }),
      0,
      { passed: 0, failed: 0, skipped: 2 },
    ],
    [
      'a file that could not be loaded',
      report({ numPassedTests: 1 }, [FILE, { status: 'failed', assertionResults: [] }]),
      1,
      { passed: 1, failed: 1, skipped: 0 },
    ],
    ['an error outside every test', report({ numPassedTests: 1 }), 1, { passed: 1, failed: 1, skipped: 0 }],
    ['a runner that died without a report', undefined, 1, { passed: 0, failed: 1, skipped: 0 }],
  ])('counts %s', (_what, said, exitCode, tally) => {
    expect(tallyOf(said, exitCode)).toEqual(tally)
  })

  it.each([
    [{ passed: 3, failed: 0, skipped: 0 }, '3 passed, 0 failed', 0],
    [{ passed: 3, failed: 1, skipped: 2 }, '3 passed, 1 failed, 2 skipped', 1],
    [{ passed: 0, failed: 0, skipped: 0 }, '0 passed, 0 failed', 1],
    [{ passed: 0, failed: 0, skipped: 4 }, '0 passed, 0 failed, 4 skipped', 1],
  ])('of %o is "%s" and exit code %i', (tally, line, code) => {
    expect([summaryLine(tally), exitCodeOf(tally)]).toEqual([line, code])
  })

  it('adds up the rounds', () => {
    expect(
      sum([
        { passed: 1, failed: 0, skipped: 2 },
        { passed: 3, failed: 4, skipped: 0 },
      ]),
    ).toEqual({ passed: 4, failed: 4, skipped: 2 })
  })
})
