import { changesPerHour, nextCheck } from '../../domain/monitor/schedule/next-check.ts'
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
  /** Of a check, where the workspace has a budget of them. */
  price: number | null
}

/** When a monitor is due after a check, and why then. */
export function whenNext(monitor: MonitorRow, ending: Ending): Partial<MonitorRow> {
  const { isSeen, decision, now, clockSpeed, price } = ending
  const history =
    isSeen && monitor.lastCheckAt ? remember(monitor.history, observed(monitor.lastCheckAt)) : monitor.history
  function observed(since: Date): Observation {
    const hours = ((now.getTime() - since.getTime()) * clockSpeed) / HOUR_MS
    return { hours, changed: decision.verdict === 'changed' }
  }
  const { schedule, windows } = monitor.options
  const learned = { history, ...('adaptive' in schedule && { changeRate: changesPerHour(history) }) }
  // Checked by hand, and perhaps put off meanwhile.
  if (!monitor.enabled) return { ...learned, nextCheckAt: null, nextCheckWhy: 'paused' }
  if (decision.recheckAfterMs !== undefined) {
    const nextCheckAt = new Date(now.getTime() + decision.recheckAfterMs)
    return { ...learned, nextCheckAt, nextCheckWhy: 'to confirm a change', expectedDelayMs: decision.recheckAfterMs }
  }
  const situation = { monitorId: monitor.id, now: now.getTime(), history, clockSpeed, price }
  const { at, why, expectedDelayMs } = nextCheck({ schedule, windows }, situation)
  return {
    ...learned,
    nextCheckAt: at === Infinity ? null : new Date(at),
    nextCheckWhy: why,
    expectedDelayMs: Math.round(expectedDelayMs),
  }
}
