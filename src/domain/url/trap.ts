export type TrapKind = 'repeated_segments' | 'too_deep_path' | 'too_long' | 'calendar' | 'too_many_parameters'
export type TrapVerdict = { trapped: false } | { trapped: true; kind: TrapKind }

/** Longer than what people share; servers and proxies start to refuse from about 8,000 (RFC 9110 §4.1). */
const MAX_URL_LENGTH = 2_000
/** Generated API references reach 15 or so; relative links that climb nowhere grow without end. */
const MAX_SEGMENTS = 25
/** Faceted search of real shops stays below; combinations of this many filters are a machine's, not a reader's. */
const MAX_PARAMETERS = 20
/** `/a/b/a/b/a/b`: a run of segments that stands this many times in a row comes from a relative link followed in circles. */
const REPEATS = 3
/** The longest run that is looked for. */
const MAX_RUN = 6
/** Years that a calendar with something in it shows. "Next month" links go on to 9999, and back to year 1. */
const CALENDAR_YEARS = { first: 1970, last: 2050 }

const NOT_TRAPPED: TrapVerdict = { trapped: false }

/**
 * Whether a URL looks made by a machine that would never stop making them, judged by the URL alone.
 *
 * Conservative: deep documentation and `/2024/05/` archives pass. A calendar is recognised without memory only where it
 * has left the years in which calendars hold anything; `CountedPatterns` bounds it before that.
 */
export function trap(url: string): TrapVerdict {
  if (url.length > MAX_URL_LENGTH) return { trapped: true, kind: 'too_long' }
  const { path, query } = partsOf(url)
  const segments = path.split('/').filter((segment) => segment !== '')
  if (segments.length > MAX_SEGMENTS) return { trapped: true, kind: 'too_deep_path' }
  if (repeats(segments)) return { trapped: true, kind: 'repeated_segments' }
  const parameters = query === '' ? [] : query.split('&')
  if (tooManyParameters(parameters)) return { trapped: true, kind: 'too_many_parameters' }
  if (isFarCalendar(segments, parameters)) return { trapped: true, kind: 'calendar' }
  return NOT_TRAPPED
}

/** Path and query (without `?`) of an absolute canonical URL. */
export function partsOf(url: string): { path: string; query: string } {
  const start = url.indexOf('/', url.indexOf('://') + 3)
  const mark = url.indexOf('?')
  if (start === -1) return { path: '/', query: '' }
  if (mark === -1) return { path: url.slice(start), query: '' }
  return { path: url.slice(start, mark), query: url.slice(mark + 1) }
}

function repeats(segments: readonly string[]): boolean {
  for (let run = 1; run <= MAX_RUN && run * REPEATS <= segments.length; run++) {
    if (repeatsRunOf(segments, run)) return true
  }
  return false
}

function repeatsRunOf(segments: readonly string[], run: number): boolean {
  const needed = run * (REPEATS - 1)
  let same = 0
  for (let at = run; at < segments.length; at++) {
    same = segments[at] === segments[at - run] ? same + 1 : 0
    if (same === needed && !isCounting(segments.slice(at - run + 1, at + 1))) return true
  }
  return false
}

/** `/0/0/0/` or `/1/1/1/`: map tiles and coordinates, not circles. */
function isCounting(run: readonly string[]): boolean {
  return run.every((segment) => /^\d+$/.test(segment))
}

function tooManyParameters(parameters: readonly string[]): boolean {
  if (parameters.length > MAX_PARAMETERS) return true
  if (parameters.length < REPEATS * 2) return false
  // The same pair again and again: a link that adds its parameter to whatever is there.
  return parameters.length - new Set(parameters).size >= REPEATS
}

const CALENDAR_WORD = /^(?:calendar|kalender|calendario|calendrier|agenda|events?|schedule|month|week|day|year|date)$/i
const DATE_PARAMETER =
  /^(?:[a-z]+[_-])?(?:year|yr|month|date|day|week|cal|calendar|ical|start|from)(?:[_-][a-z]+)?=(.*)$/i
// A date stands alone in its segment: `/events/2077-05/`. A number at the end of a name (`/events/summer-fair-4446`) is none.
const YEAR = /^(\d{4})(?=$|[-/.](?:0?[1-9]|1[0-2])(?:$|[^0-9])|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?$)/

function isFarCalendar(segments: readonly string[], parameters: readonly string[]): boolean {
  const inQuery = parameters.some((parameter) => isFarYear(DATE_PARAMETER.exec(parameter)?.[1]))
  if (inQuery) return true
  const word = segments.findIndex((segment) => CALENDAR_WORD.test(segment))
  return word !== -1 && segments.slice(word + 1).some(isFarYear)
}

function isFarYear(text: string | undefined): boolean {
  const digits = text === undefined ? undefined : YEAR.exec(text)?.[1]
  if (digits === undefined) return false
  const year = Number(digits)
  return year < CALENDAR_YEARS.first || year > CALENDAR_YEARS.last
}
