import { describe, expect, it } from 'vitest'
import { trapPattern } from '../../../../src/domain/url/trap-pattern.ts'

/** How many of these paths a crawl takes before they have become a trap. */
function taken(paths: string[]): number {
  const counts = new Map<string, number>()
  return paths.filter((path) => {
    const pattern = trapPattern(`https://example.com${path}`)
    if (!pattern) return true
    const count = (counts.get(pattern.name) ?? 0) + 1
    counts.set(pattern.name, count)
    return count <= pattern.most
  }).length
}

const days = Array.from({ length: 1_500 }, (_, n) => new Date(Date.UTC(2026, 0, n + 1)).toISOString().slice(0, 10))

describe('trapPattern', () => {
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
})
