import { nextCheck } from '../../domain/monitor/schedule/next-check.ts'
import { type Observation, remember } from '../../domain/monitor/schedule/observation.ts'
import type { Decision } from '../../domain/monitor/verdict/decision.ts'
import type { MonitorRow } from '../../storage/postgres/monitor-tables.ts'

const HOUR_MS = 3_600_000

/** How a check ended, as far as it decides when the next one is. */
export interface Ending {
  /** Whether what is watched could be seen: only then it says how often it changes. */
  isSeen: boolean
  decision: Pick<Decision, 'verdict' | 'recheckAfterMs'>
  now: Date
  clockSpeed: number
}

/** When a monitor is due after a check, and why then. */
export function whenNext(monitor: MonitorRow, { isSeen, decision, now, clockSpeed }: Ending): Partial<MonitorRow> {
  const history =
    isSeen && monitor.lastCheckAt ? remember(monitor.history, observed(monitor.lastCheckAt)) : monitor.history
  function observed(since: Date): Observation {
    const hours = ((now.getTime() - since.getTime()) * clockSpeed) / HOUR_MS
    return { hours, changed: decision.verdict === 'changed' }
  }
  // Checked by hand, and perhaps put off meanwhile.
  if (!monitor.enabled) return { history, nextCheckAt: null, nextCheckWhy: 'paused' }
  if (decision.recheckAfterMs !== undefined) {
    const nextCheckAt = new Date(now.getTime() + decision.recheckAfterMs)
    return { history, nextCheckAt, nextCheckWhy: 'to confirm a change', expectedDelayMs: decision.recheckAfterMs }
  }
  const { schedule, windows } = monitor.options
  const situation = { monitorId: monitor.id, now: now.getTime(), history, clockSpeed }
  const { at, why, expectedDelayMs } = nextCheck({ schedule, windows }, situation)
  return {
    history,
    nextCheckAt: at === Infinity ? null : new Date(at),
    nextCheckWhy: why,
    expectedDelayMs: Math.round(expectedDelayMs),
  }
}
