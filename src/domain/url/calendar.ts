/** Years that sites have anything for: newspapers of 1800, plans for 2100. "Next month" links go on to 9999. */
const YEARS = { first: 1800, last: 2100 }

/** Path segments and parameters that calendars are found under. Blogs' `/2024/05/` stand under none of them. */
const CALENDAR_SEGMENT =
  /^(?:calendar|kalender|calendario|calendrier|agenda|events?|schedule|month|week|day|year|date)$/i
const CALENDAR_PARAMETER =
  /^(?:[a-z]+[_-])*(?:date|month|day|week|cal|calendar|year|yr|ical|start|from|to|end)(?:[_-][a-z]+)?$/i

/** A year alone is an offset or a number (`start=2200`, `/events/2200`) unless the name says year. */
const YEAR_PARAMETER = /(?:^|[_-])(?:year|yr)$/i
const MONTH = '(?:0?[1-9]|1[0-2])'
const DATE = new RegExp(`^(\\d{4})[-/.]${MONTH}(?!\\d)`)
const MONTH_SEGMENT = new RegExp(`^${MONTH}$`)

/** Whether a URL shows a time span of some calendar, and of which year, as far as it says. */
export interface CalendarPage {
  year: number | undefined
}

export function calendarPage(segments: readonly string[], parameters: readonly string[]): CalendarPage | undefined {
  return calendarQuery(parameters) ?? calendarPath(segments)
}

/** Years without end: nobody put anything there. */
export function isEmptyYear(year: number | undefined): boolean {
  return year !== undefined && (year < YEARS.first || year > YEARS.last)
}

function calendarQuery(parameters: readonly string[]): CalendarPage | undefined {
  let page: CalendarPage | undefined
  for (const parameter of parameters) {
    const equals = parameter.indexOf('=')
    const name = parameter.slice(0, equals)
    const value = parameter.slice(equals + 1)
    if (equals === -1 || !CALENDAR_PARAMETER.test(name)) continue
    const year = DATE.exec(value)?.[1] ?? (YEAR_PARAMETER.test(name) ? /^\d{4}$/.exec(value)?.[0] : undefined)
    if (year !== undefined) page = { year: Number(year) }
  }
  return page
}

function calendarPath(segments: readonly string[]): CalendarPage | undefined {
  const word = segments.findIndex((segment) => CALENDAR_SEGMENT.test(segment))
  if (word === -1) return undefined
  for (const [index, segment] of segments.entries()) {
    if (index <= word) continue
    const inDate = DATE.exec(segment)?.[1]
    const beforeMonth = /^\d{4}$/.test(segment) && MONTH_SEGMENT.test(segments[index + 1] ?? '') ? segment : undefined
    const year = inDate ?? beforeMonth
    if (year !== undefined) return { year: Number(year) }
  }
  return undefined
}
