import { Cron } from 'croner'
import { durationMs } from './duration.ts'
import type { Plan } from './next-check.ts'
import type { Schedule, Window } from './schedule.ts'
import { isTimezone } from './wall-clock.ts'

export interface ScheduleFault {
  path: string
  message: string
}

/** Why a schedule can't be kept. What is refused when it is saved can't stop anything later. */
export function scheduleFaults({ schedule, windows }: Plan, now: number): ScheduleFault[] {
  return [...faultsOf(schedule, now), ...windows.flatMap(windowFaults)]
}

function faultsOf(schedule: Schedule, now: number): ScheduleFault[] {
  if ('every' in schedule) return []
  if ('cron' in schedule) return cronFaults(schedule, now)
  const { min, max } = schedule.adaptive
  if ((durationMs(min) ?? 0) <= (durationMs(max) ?? 0)) return []
  return [{ path: 'schedule.adaptive', message: `min (${min}) is longer than max (${max})` }]
}

function cronFaults({ cron, timezone }: { cron: string; timezone: string }, now: number): ScheduleFault[] {
  if (!isTimezone(timezone)) return [timezoneFault('schedule.timezone', timezone)]
  try {
    const next = new Cron(cron, { timezone, mode: '5-part' }).nextRun(new Date(now))
    return next ? [] : [{ path: 'schedule.cron', message: `"${cron}" never comes` }]
  } catch (error) {
    return [{ path: 'schedule.cron', message: `"${cron}" is no cron expression${reasonOf(error)}` }]
  }
}

/** In our words where the parser has counted the parts, of which it would take more than five. */
function reasonOf(error: unknown): string {
  const reason = error instanceof Error ? error.message.replace('CronPattern: ', '') : String(error)
  return reason.startsWith('invalid configuration format')
    ? ' of five parts: minute, hour, day of the month, month, day of the week'
    : `: ${reason}`
}

function windowFaults({ days, timezone }: Window, index: number): ScheduleFault[] {
  const path = `windows.${index}`
  if (!isTimezone(timezone)) return [timezoneFault(`${path}.timezone`, timezone)]
  return days.length > 0 ? [] : [{ path: `${path}.days`, message: 'name at least one day' }]
}

function timezoneFault(path: string, timezone: string): ScheduleFault {
  return { path, message: `"${timezone}" is no timezone; give an IANA name such as Europe/Berlin` }
}
