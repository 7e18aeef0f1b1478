import { calendarPage } from './calendar.ts'
import type { TrapVerdict } from './trap.ts'
import { partsOf } from './url-parts.ts'

/** Pages of one calendar that a crawl takes: a year of days, or thirty of months. */
const MAX_CALENDAR_PAGES = 400
/** URLs of one path that differ in three parameters or more. A shop's filters make millions; a catalogue's pages do not. */
const MAX_COMBINATIONS = 1_000
const COMBINATION_PARAMETERS = 3
/** Patterns remembered; with more, the rest goes uncounted: a trap has few. */
const MAX_PATTERNS = 10_000

/** How many URLs of each pattern a crawl has taken. Plain JSON. */
export interface TrapMemory {
  counts: Record<string, number>
}

export function emptyTrapMemory(): TrapMemory {
  return { counts: {} }
}

/**
 * Counts a URL that the crawl has not seen before, and says whether its kind has become a trap. Call it once for each
 * new URL that `trap` lets pass: the same URLs in the same order give the same verdicts.
 */
export function countForTrap(memory: TrapMemory, url: string): TrapVerdict {
  const { segments, parameters } = partsOf(url)
  if (calendarPage(segments, parameters)) {
    const pattern = `calendar ${shapeOf(segments)}?${parameters.map(shapeOfParameter).sort().join('&')}`
    return countOf(memory, pattern) > MAX_CALENDAR_PAGES ? { trapped: true, kind: 'calendar' } : { trapped: false }
  }
  if (parameters.length < COMBINATION_PARAMETERS) return { trapped: false }
  const combinations = countOf(memory, `parameters /${segments.join('/')}`)
  return combinations > MAX_COMBINATIONS ? { trapped: true, kind: 'too_many_parameters' } : { trapped: false }
}

function countOf({ counts }: TrapMemory, pattern: string): number {
  const known = counts[pattern]
  if (known === undefined && Object.keys(counts).length >= MAX_PATTERNS) return 0
  const count = (known ?? 0) + 1
  counts[pattern] = count
  return count
}

function shapeOf(segments: readonly string[]): string {
  return `/${segments.map((segment) => segment.replace(/\d+/g, '0')).join('/')}`
}

function shapeOfParameter(parameter: string): string {
  return parameter.replace(/\d+/g, '0')
}
