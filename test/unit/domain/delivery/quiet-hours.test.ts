import { expect, it } from 'vitest'
import { quietUntil } from '../../../../src/domain/delivery/quiet-hours.ts'

const NIGHT = { from: '22:00', to: '07:30', timezone: 'Europe/Berlin' }

it.each([
  ['before they begin', NIGHT, '2026-11-24T20:59:59Z', undefined],
  ['from their first minute', NIGHT, '2026-11-24T21:00:00Z', '2026-11-25T06:30:00Z'],
  ['past midnight', NIGHT, '2026-11-25T00:00:30Z', '2026-11-25T06:30:00Z'],
  ['their end is outside', NIGHT, '2026-11-25T06:30:00Z', undefined],
  // Clocks go back at 03:00 on 2026-10-25 and forward at 02:00 on 2027-03-28.
  ['through the end of summer time', NIGHT, '2026-10-24T21:00:00Z', '2026-10-25T06:30:00Z'],
  ['through the beginning of summer time', NIGHT, '2027-03-27T22:00:00Z', '2027-03-28T05:30:00Z'],
  ['by day', { from: '12:00', to: '13:00', timezone: 'UTC' }, '2026-11-24T12:30:00Z', '2026-11-24T13:00:00Z'],
  ['on their days only', { ...NIGHT, days: ['fri'] as const }, '2026-11-24T22:00:00Z', undefined],
  // 2026-11-27 is a Friday.
  [
    'into the day after their day',
    { ...NIGHT, days: ['fri'] as const },
    '2026-11-28T01:00:00Z',
    '2026-11-28T06:30:00Z',
  ],
])('quiet hours, %s', (_case, quiet, now, until) => {
  const end = quietUntil(quiet, Date.parse(now))
  expect(end === undefined ? undefined : new Date(end).toISOString()).toBe(until?.replace('Z', '.000Z'))
})
