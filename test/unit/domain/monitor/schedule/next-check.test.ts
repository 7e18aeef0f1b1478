import { describe, expect, it } from 'vitest'
import { placeOf } from '../../../../../src/domain/monitor/schedule/jitter.ts'
import { nextCheck } from '../../../../../src/domain/monitor/schedule/next-check.ts'
import { type Observation, remember } from '../../../../../src/domain/monitor/schedule/observation.ts'
import type { Window } from '../../../../../src/domain/monitor/schedule/schedule.ts'
import { scheduleFaults } from '../../../../../src/domain/monitor/schedule/schedule-faults.ts'

const NOW = Date.parse('2026-11-24T12:00:00Z')
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const idOf = (number: number): string => `01937f3e-7a4c-7cc1-9a52-${number.toString(16).padStart(12, '0')}`
const situation = { monitorId: idOf(1), now: NOW, history: [] as Observation[], clockSpeed: 1 }

describe('every', () => {
  const plan = { schedule: { every: '15m' }, windows: [] }

  it('comes at the same place of each interval, however late the check before was', () => {
    const first = nextCheck(plan, situation).at
    const second = nextCheck(plan, { ...situation, now: first + 3 * MINUTE_MS }).at
    expect(second - first).toBe(15 * MINUTE_MS)
  })

  it('never comes sooner than after half an interval', () => {
    for (let number = 0; number < 500; number++) {
      const { at } = nextCheck(plan, { ...situation, monitorId: idOf(number) })
      expect(at - NOW).toBeGreaterThanOrEqual(7.5 * MINUTE_MS)
      expect(at - NOW).toBeLessThanOrEqual(22.5 * MINUTE_MS + 1)
    }
  })

  it('spreads monitors made at once over the interval: 100,000 due within an hour, no minute has 2 % more than its share', () => {
    const perMinute = new Map<number, number>()
    const hourly = { schedule: { every: '1h' }, windows: [] }
    for (let number = 0; number < 100_000; number++) {
      const { at } = nextCheck(hourly, { ...situation, monitorId: idOf(number) })
      const minute = Math.floor(at / MINUTE_MS) % 60
      perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1)
    }
    const share = 100_000 / 60
    // Five standard deviations of what pure chance would do.
    expect(Math.max(...perMinute.values())).toBeLessThan(share + 5 * Math.sqrt(share))
    expect(Math.min(...perMinute.values())).toBeGreaterThan(share - 5 * Math.sqrt(share))
  })

  it("is divided by the tests' clock", () => {
    const { at } = nextCheck(plan, { ...situation, clockSpeed: 900 })
    expect(at - NOW).toBeLessThanOrEqual(1_501)
  })
})

describe('cron', () => {
  it.each([
    ['in winter', '2026-11-24T12:00:00Z', '2026-11-25T08:00:00.000Z'],
    ['in summer', '2026-07-01T12:00:00Z', '2026-07-02T07:00:00.000Z'],
    ['over the change to summer time', '2027-03-27T12:00:00Z', '2027-03-28T07:00:00.000Z'],
  ])('09:00 in Berlin %s', (_, now, expected) => {
    const plan = { schedule: { cron: '0 9 * * *', timezone: 'Europe/Berlin' }, windows: [] }
    expect(new Date(nextCheck(plan, { ...situation, now: Date.parse(now) }).at).toISOString()).toBe(expected)
  })
})

describe('adaptive', () => {
  const plan = { schedule: { adaptive: { min: '15m', max: '7d' } }, windows: [] }
  const seen = (hours: number, changed: boolean, times: number): Observation[] =>
    Array.from({ length: times }, () => ({ hours, changed }))

  it('asks sooner the more often the page changed, within its bounds', () => {
    const hours = (history: Observation[]): number => (nextCheck(plan, { ...situation, history }).at - NOW) / HOUR_MS
    expect(hours([])).toBeCloseTo(12, 1)
    expect(hours(seen(1, true, 30))).toBeLessThan(1)
    expect(hours(seen(0.25, true, 60))).toBeGreaterThanOrEqual(0.25)
    expect(hours(seen(24, false, 60))).toBe(7 * 24)
  })

  it('says why, and how long a change will stay unseen', () => {
    const { why, expectedDelayMs } = nextCheck(plan, { ...situation, history: seen(24, false, 10) })
    expect(why).toMatch(/^adaptive: a change about every \d+ h, from 10 checks$/)
    expect(expectedDelayMs).toBeGreaterThan(HOUR_MS)
  })

  it('is checked as often as the budget that it shares allows', () => {
    const history = seen(1, true, 30)
    const [free, dear] = [null, 100].map((price) => nextCheck(plan, { ...situation, history, price }))
    expect(dear?.at).toBeGreaterThan(Number(free?.at))
    expect(dear?.why).toMatch(/, within the budget of checks$/)
    expect(nextCheck(plan, { ...situation, history, price: 1e9 }).at - NOW).toBeCloseTo(7 * 24 * HOUR_MS, -3)
  })

  it('forgets what is long past', () => {
    let history: Observation[] = seen(1, true, 60)
    for (let check = 0; check < 60; check++) history = remember(history, { hours: 24, changed: false })
    expect(history).toEqual(seen(24, false, 60))
  })
})

describe('windows', () => {
  const night: Window = { days: ['tue'], from: '22:00', to: '06:00', timezone: 'UTC' }

  it('hold a check back until one opens, and say so', () => {
    const next = nextCheck({ schedule: { every: '15m' }, windows: [night] }, situation)
    expect(new Date(next.at).toISOString()).toBe('2026-11-24T22:00:00.000Z')
    expect(next.why).toBe('every 15m, once a window opens')
  })
})

describe('41 bad timezone refused', () => {
  it.each([
    ['schedule.timezone', { schedule: { cron: '0 9 * * *', timezone: 'Mars/Olympus' }, windows: [] }],
    ['schedule.timezone', { schedule: { cron: '0 9 * * *', timezone: '+02:00' }, windows: [] }],
    ['schedule.cron', { schedule: { cron: '0 9 * *', timezone: 'UTC' }, windows: [] }],
    ['schedule.cron', { schedule: { cron: '0 9 30 2 *', timezone: 'UTC' }, windows: [] }],
    ['schedule.adaptive', { schedule: { adaptive: { min: '2h', max: '15m' } }, windows: [] }],
    [
      'windows.1.timezone',
      {
        schedule: { every: '1h' },
        windows: [
          { days: ['mon' as const], from: '08:00', to: '09:00', timezone: 'UTC' },
          { days: ['mon' as const], from: '08:00', to: '09:00', timezone: 'Europe/Atlantis' },
        ],
      },
    ],
    [
      'windows.0.days',
      { schedule: { every: '1h' }, windows: [{ days: [], from: '08:00', to: '9:00', timezone: 'UTC' }] },
    ],
  ])('at %s', (path, plan) => {
    expect(scheduleFaults(plan, NOW).map((fault) => fault.path)).toEqual([path])
  })

  it('and nothing else is', () => {
    const windows: Window[] = [{ days: ['sat'], from: '22:00', to: '06:00', timezone: 'Europe/Berlin' }]
    for (const schedule of [
      { every: '1h' },
      { cron: '*/5 8-18 * * MON-FRI', timezone: 'America/New_York' },
      { adaptive: { min: '15m', max: '1d' } },
    ])
      expect(scheduleFaults({ schedule, windows }, NOW)).toEqual([])
  })
})

it('a place in the interval is the same for ever', () => {
  expect(placeOf('01937f3e-7a4c-7cc1-9a52-0c1f4d1e2b3a')).toBe(placeOf('01937f3e-7a4c-7cc1-9a52-0c1f4d1e2b3a'))
  expect(placeOf(idOf(1))).not.toBe(placeOf(idOf(2)))
})
