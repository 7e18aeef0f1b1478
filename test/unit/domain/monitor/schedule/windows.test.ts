import { describe, expect, it } from 'vitest'
import type { Window } from '../../../../../src/domain/monitor/schedule/schedule.ts'
import { momentOf, wallClockAt } from '../../../../../src/domain/monitor/schedule/wall-clock.ts'
import { isOpen, nextOpening } from '../../../../../src/domain/monitor/schedule/windows.ts'

const at = (time: string): number => Date.parse(time)
const shown = (moment: number): string => new Date(moment).toISOString()

const NIGHT: Window = { days: ['mon', 'fri'], from: '22:00', to: '06:00', timezone: 'Europe/Berlin' }
const OFFICE: Window = {
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '09:00',
  to: '17:30',
  timezone: 'America/New_York',
}

// 2026-11-23 is a Monday. Berlin is an hour ahead of UTC in winter, two in summer; New York five and four behind.
describe('40 overnight and DST windows', () => {
  it.each([
    ['opens on Monday evening', '2026-11-23T21:00:00Z', true],
    ['is still shut a minute before', '2026-11-23T20:59:00Z', false],
    ['is open at 01:00 on Tuesday', '2026-11-24T00:00:00Z', true],
    ['ends at 06:00 on Tuesday', '2026-11-24T05:00:00Z', false],
    ['is shut on Tuesday evening', '2026-11-24T22:00:00Z', false],
    ['reaches from Friday into Saturday', '2026-11-28T04:59:00Z', true],
    ['does not reach into Monday morning, since Sunday has none', '2026-11-23T02:00:00Z', false],
  ])('a night window %s', (_, time, expected) => {
    expect(isOpen([NIGHT], at(time))).toBe(expected)
  })

  it.each([
    ['winter', '2026-12-01T14:00:00Z'],
    ['summer', '2026-07-01T13:00:00Z'],
  ])('09:00 in New York is another hour of UTC in %s', (_, opening) => {
    expect(isOpen([OFFICE], at(opening))).toBe(true)
    expect(isOpen([OFFICE], at(opening) - 60_000)).toBe(false)
  })

  it.each([
    ['the evening of the same day', '2026-11-23T12:00:00Z', '2026-11-23T21:00:00.000Z'],
    ['Friday, when Tuesday has none', '2026-11-24T12:00:00Z', '2026-11-27T21:00:00.000Z'],
    ['now, while it is open', '2026-11-24T01:00:00Z', '2026-11-24T01:00:00.000Z'],
  ])('opens next on %s', (_, now, expected) => {
    expect(shown(nextOpening([NIGHT], at(now)))).toBe(expected)
  })

  it('opens next in the same week of days when today is over', () => {
    const monday: Window = { days: ['mon'], from: '08:00', to: '09:00', timezone: 'UTC' }
    expect(shown(nextOpening([monday], at('2026-11-23T10:00:00Z')))).toBe('2026-11-30T08:00:00.000Z')
  })

  it('opens after the gap when summer time skips its beginning (Berlin, 2027-03-28 02:30)', () => {
    const skipped: Window = { days: ['sun'], from: '02:30', to: '05:00', timezone: 'Europe/Berlin' }
    expect(shown(nextOpening([skipped], at('2027-03-27T12:00:00Z')))).toBe('2027-03-28T01:30:00.000Z')
    expect(isOpen([skipped], at('2027-03-28T01:30:00Z'))).toBe(true)
  })

  it('opens at the first of two equal clock readings when summer time ends (Berlin, 2026-10-25 02:30)', () => {
    const doubled: Window = { days: ['sun'], from: '02:30', to: '05:00', timezone: 'Europe/Berlin' }
    expect(shown(nextOpening([doubled], at('2026-10-24T12:00:00Z')))).toBe('2026-10-25T00:30:00.000Z')
  })

  it('covers the whole day when it ends where it begins', () => {
    const whole: Window = { days: ['tue'], from: '00:00', to: '00:00', timezone: 'Asia/Kolkata' }
    expect(isOpen([whole], at('2026-11-23T18:30:00Z'))).toBe(true)
    expect(isOpen([whole], at('2026-11-24T18:29:00Z'))).toBe(true)
    expect(isOpen([whole], at('2026-11-24T18:30:00Z'))).toBe(false)
  })

  it('is open always without any window, and in any of several', () => {
    expect(isOpen([], at('2026-11-24T12:00:00Z'))).toBe(true)
    expect(isOpen([NIGHT, OFFICE], at('2026-11-24T15:00:00Z'))).toBe(true)
  })

  it.each(['Europe/Berlin', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Chatham'])(
    'a moment is where the clocks of %s say',
    (timezone) => {
      for (let hour = 0; hour < 24 * 366; hour += 7) {
        const moment = at('2026-01-01T00:00:00Z') + hour * 3_600_000
        const wall = wallClockAt(moment, timezone)
        const found = momentOf(wall, timezone)
        expect(wallClockAt(found, timezone)).toEqual(wall)
        // Once a year the clocks show an hour twice; the earlier moment counts.
        expect(moment - found === 0 || moment - found === 3_600_000 || moment - found === 1_800_000).toBe(true)
      }
    },
  )
})
