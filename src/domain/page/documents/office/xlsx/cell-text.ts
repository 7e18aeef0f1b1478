import { inside, textOf } from '../xml-reading.ts'
import type { XmlElement } from '../xml-tree.ts'
import type { NumberFormat } from './number-formats.ts'

export interface Workbook {
  strings: readonly string[]
  formats: readonly NumberFormat[]
  /** Days are counted from 1904 as on the first Macintosh, not from 1900. */
  startsIn1904: boolean
}

/** What a cell shows; dates and times in ISO 8601, other numbers without the noise of binary fractions. */
export function cellText(cell: XmlElement, workbook: Workbook): string {
  const value = textOf(inside(cell, 'v')).trim()
  switch (cell.attributes['t']) {
    case 's':
      return workbook.strings[Number(value)] ?? ''
    case 'str':
    case 'e':
    case 'd':
      return value
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE'
    default:
      return numberText(value, workbook.formats[Number(cell.attributes['s'] ?? '0')] ?? 'number', workbook)
  }
}

/** Digits that a spreadsheet keeps of a number. */
const DIGITS = 15

function numberText(value: string, format: NumberFormat, { startsIn1904 }: Workbook): string {
  const number = Number(value)
  if (value === '' || !Number.isFinite(number)) return value
  if (format === 'number') return short(number)
  // To the hundredth of a percent: what is shown is rounded more often than not.
  if (format === 'percent') return `${short(Math.round(number * 10_000) / 100)}%`
  return dateText(number + (startsIn1904 ? DAYS_1900_TO_1904 : 0), format) ?? short(number)
}

function short(number: number): string {
  return String(Number(number.toPrecision(DIGITS)))
}

const DAY_MS = 86_400_000
const DAYS_1900_TO_1904 = 1_462
/** Day 0, so that day 61 is 1 March 1900: the format believes in a 29 February before it (ECMA-376 part 1, §18.17.4.1). */
const DAY_ZERO_MS = -2_209_161_600_000
/** 31 December 9999. */
const LAST_DAY = 2_958_466

function dateText(days: number, format: 'date' | 'time' | 'moment'): string | undefined {
  if (days < 0 || days >= LAST_DAY) return undefined
  const instant = new Date(DAY_ZERO_MS + Math.round(days * 86_400) * 1_000)
  const [date = '', time = ''] = instant.toISOString().split('T')
  const clock = time.slice(0, 8)
  if (format === 'time') return days < 1 ? clock : undefined
  return format === 'date' || days * DAY_MS === Math.floor(days) * DAY_MS ? date : `${date} ${clock}`
}
