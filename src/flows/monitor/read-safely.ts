import { type Fetched, type Reading, failed } from '../../domain/monitor/reading/reading.ts'
import { readTarget } from '../../domain/monitor/reading/read-target.ts'
import type { MonitorRules } from '../../domain/monitor/rules.ts'

/** A page that breaks its reader would do so again: that is a finding about the page, to be told like any other failure. */
export async function readSafely(fetched: Fetched, rules: MonitorRules): Promise<Reading> {
  try {
    return await readTarget(fetched, rules)
  } catch (error) {
    return failed('error', 'reading_failed', `The page can't be read: ${String(error)}`)
  }
}
