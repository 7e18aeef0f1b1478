import { calendarPage } from './calendar.ts'
import { partsOf } from './url-parts.ts'

/** Pages of one calendar that a crawl takes: a year of days, or thirty of months. */
const MAX_CALENDAR_PAGES = 400
/** URLs of one path that differ in three parameters or more. A shop's filters make millions; a catalogue's pages do not. */
const MAX_COMBINATIONS = 1_000
const COMBINATION_PARAMETERS = 3

/** A family of URLs that may grow without end, and how many of it a crawl takes. */
export interface TrapPattern {
  name: string
  most: number
}

/** The family that a URL belongs to, if its kind is known to grow: calendars, and combinations of parameters. */
export function trapPattern(url: string): TrapPattern | undefined {
  const { segments, parameters } = partsOf(url)
  if (calendarPage(segments, parameters)) {
    const name = `calendar ${shapeOf(segments)}?${parameters.map(shapeOfParameter).sort().join('&')}`
    return { name, most: MAX_CALENDAR_PAGES }
  }
  if (parameters.length < COMBINATION_PARAMETERS) return undefined
  return { name: `parameters /${segments.join('/')}`, most: MAX_COMBINATIONS }
}

function shapeOf(segments: readonly string[]): string {
  return `/${segments.map((segment) => segment.replace(/\d+/g, '0')).join('/')}`
}

function shapeOfParameter(parameter: string): string {
  return parameter.replace(/\d+/g, '0')
}
