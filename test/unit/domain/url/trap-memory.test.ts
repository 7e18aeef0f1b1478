import { describe, expect, it } from 'vitest'
import { countForTrap, emptyTrapMemory } from '../../../../src/domain/url/trap-memory.ts'

/** How many of these paths a crawl takes before they have become a trap. */
function taken(paths: string[]): number {
  const memory = emptyTrapMemory()
  return paths.filter((path) => !countForTrap(memory, `https://example.com${path}`).trapped).length
}

const days = Array.from({ length: 1_500 }, (_, n) => new Date(Date.UTC(2026, 0, n + 1)).toISOString().slice(0, 10))

describe('countForTrap', () => {
  it.each([
    ['days in the path', days.map((day) => `/calendar/${day}`), 400],
    ['days in the path, as folders', days.map((day) => `/events/${day.replaceAll('-', '/')}`), 400],
    ['days in the query', days.map((day) => `/?date=${day}`), 400],
    ['views of days', days.map((day, n) => `/?view=${n}&cal-date=${day}`), 400],
    ['combinations of filters', days.map((_, n) => `/shop?a=${n % 10}&b=${n % 100}&c=${n}`), 1_000],
    ['pages of a catalogue', days.map((_, n) => `/shop?page=${n}`), 1_500],
    ['articles by date', days.map((day) => `/blog/${day.replaceAll('-', '/')}/post`), 1_500],
    ['filters on pages of their own', days.map((_, n) => `/shop/${n}?a=1&b=2&c=3`), 1_500],
  ])('%s', (_, paths, expected) => {
    expect(taken(paths)).toBe(expected)
  })

  it('goes on where it stopped after it was stored', () => {
    const memory = emptyTrapMemory()
    for (const day of days.slice(0, 400)) countForTrap(memory, `https://example.com/?date=${day}`)
    const restored = JSON.parse(JSON.stringify(memory)) as typeof memory
    expect(countForTrap(restored, 'https://example.com/?date=2030-01-01')).toEqual({ trapped: true, kind: 'calendar' })
  })
})
