import { counted } from '../../counted.ts'
import { Cron } from 'croner'
import { type Claimant, expectedDelay, intervalFor, rateAtPrice, rateOfIrregular } from './adaptive.ts'
import { durationMs } from './duration.ts'
import { placeOf } from './jitter.ts'
import type { Observation } from './observation.ts'
import type { Adaptive, Schedule, Window } from './schedule.ts'
import { nextOpening } from './windows.ts'

const HOUR_MS = 3_600_000
/** MONITORING: half a day that was not seen, on each side. */
const PSEUDO_HOURS = 12
/** A page is checked again when it is as likely as not to have changed. */
const CHANCE = 0.5

export interface Plan {
  schedule: Schedule
  windows: readonly Window[]
}

export interface Situation {
  monitorId: string
  /** Epoch milliseconds. */
  now: number
  /** Oldest first. */
  history: readonly Observation[]
  /** Divides intervals; 1 but in tests. */
  clockSpeed: number
  /** What a check costs the adaptive monitors that share a budget (`priceOf`, by hours); null: nothing. */
  price?: number | null
}

export interface NextCheck {
  /** Epoch milliseconds; Infinity for a cron expression whose last date has passed. */
  at: number
  /** Why then, in words. */
  why: string
  /** How long a change stays unseen on average, by what is known of the page. */
  expectedDelayMs: number
}

/** When a monitor is due after a check that ends now. */
export function nextCheck({ schedule, windows }: Plan, situation: Situation): NextCheck {
  const wished = wish(schedule, situation)
  const at = wished.at === Infinity ? Infinity : nextOpening(windows, wished.at)
  const delayed = at - wished.at
  return {
    at,
    why: delayed > 0 ? `${wished.why}, once a window opens` : wished.why,
    expectedDelayMs: wished.expectedDelayMs + delayed,
  }
}

function wish(schedule: Schedule, situation: Situation): NextCheck {
  if ('every' in schedule) return onGrid(schedule.every, situation)
  if ('cron' in schedule) return byCron(schedule, situation)
  return adaptively(schedule.adaptive, situation)
}

/**
 * Each monitor has its own place in the interval, for ever: ten thousand imported at once are spread evenly, and a check
 * that was late does not move those after it. At least half an interval lies between two checks.
 */
function onGrid(every: string, { monitorId, now, clockSpeed }: Situation): NextCheck {
  const interval = (durationMs(every) ?? Infinity) / clockSpeed
  const offset = placeOf(monitorId) * interval
  const at = Math.ceil((now + interval / 2 - offset) / interval) * interval + offset
  return { at: Math.ceil(at), why: `every ${every}`, expectedDelayMs: interval / 2 }
}

function byCron({ cron, timezone }: { cron: string; timezone: string }, { now }: Situation): NextCheck {
  const runs = new Cron(cron, { timezone, mode: '5-part' }).nextRuns(2, new Date(now)).map((run) => run.getTime())
  const [at = Infinity, after = at] = runs
  return { at, why: `cron ${cron} (${timezone})`, expectedDelayMs: (after - at) / 2 }
}

function adaptively(schedule: Adaptive, { now, history, clockSpeed, price }: Situation): NextCheck {
  const perHour = changesPerHour(history)
  const hours = price ? 1 / rateAtPrice(claimantOf(schedule, perHour), price) : byChance(schedule, perHour)
  const rate = `a change about every ${rounded(1 / perHour)} h, from ${counted(history.length, 'check')}`
  return {
    at: Math.ceil(now + (hours * HOUR_MS) / clockSpeed),
    why: `adaptive: ${rate}${price ? ', within the budget of checks' : ''}`,
    expectedDelayMs: (expectedDelay(perHour, hours) * HOUR_MS) / clockSpeed,
  }
}

/** Changes an hour, as the history of its checks has it. */
export function changesPerHour(history: readonly Observation[]): number {
  const changed = history.filter((seen) => seen.changed).map(({ hours }) => hours)
  const unchangedSum = history.reduce((sum, seen) => sum + (seen.changed ? 0 : seen.hours), 0)
  return rateOfIrregular({ changed, unchangedSum }, PSEUDO_HOURS)
}

/** What a monitor claims of a budget, by hours. */
export function claimantOf({ min, max, importance = 1 }: Adaptive, changeRate: number): Claimant {
  return { importance, changeRate, bounds: { least: 1 / hoursOf(max), most: 1 / hoursOf(min) } }
}

function byChance({ min, max }: Adaptive, perHour: number): number {
  return intervalFor(perHour, CHANCE, { min: hoursOf(min), max: hoursOf(max) })
}

function hoursOf(duration: string): number {
  return (durationMs(duration) ?? 0) / HOUR_MS
}

function rounded(hours: number): number {
  return Number(hours.toPrecision(2))
}
