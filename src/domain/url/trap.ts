import { calendarPage, isEmptyYear } from './calendar.ts'
import { partsOf } from './url-parts.ts'

export type TrapKind = 'repeated_segments' | 'too_deep_path' | 'too_long' | 'calendar' | 'too_many_parameters'
export type TrapVerdict = { trapped: false } | { trapped: true; kind: TrapKind }

/** Longer than what people share; some servers refuse from about here (RFC 9110 §4.1 asks for 8,000 at least). */
const MAX_URL_LENGTH = 2_000
/** Generated API references reach 15 or so; relative links that climb nowhere grow without end. */
const MAX_SEGMENTS = 25
/** Filters of real shops stay below; combinations of this many are a machine's, not a reader's. */
const MAX_PARAMETERS = 20
/** The same parameter with the same value this often: a link that adds itself to whatever is there. */
const MAX_SAME_PARAMETERS = 3
/** `/a/b/a/b/a/b`: a run of segments that stands this many times in a row comes from a link followed in circles. */
const REPEATS = 3
/** The longest run that is looked for. */
const MAX_RUN = 6

const NOT_TRAPPED: TrapVerdict = { trapped: false }

/**
 * Whether a URL looks made by a machine that would never stop making them, judged by the URL alone. Takes canonical URLs.
 *
 * Conservative: deep documentation and `/2024/05/` archives pass. A calendar is a trap here only where it has left the
 * years in which anybody has anything; `trapPattern` bounds it, and combinations of parameters, before that.
 */
export function trap(url: string): TrapVerdict {
  if (url.length > MAX_URL_LENGTH) return { trapped: true, kind: 'too_long' }
  const { segments, parameters } = partsOf(url)
  if (segments.length > MAX_SEGMENTS) return { trapped: true, kind: 'too_deep_path' }
  if (segments.length >= REPEATS && repeats(segments)) return { trapped: true, kind: 'repeated_segments' }
  if (tooManyParameters(parameters)) return { trapped: true, kind: 'too_many_parameters' }
  if (isEmptyYear(calendarPage(segments, parameters)?.year)) return { trapped: true, kind: 'calendar' }
  return NOT_TRAPPED
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
  if (parameters.length < MAX_SAME_PARAMETERS) return false
  const counts = new Map<string, number>()
  for (const parameter of parameters) counts.set(parameter, (counts.get(parameter) ?? 0) + 1)
  return Math.max(...counts.values()) >= MAX_SAME_PARAMETERS
}
