import type { PdfLine } from './pdf-lines.ts'

/** Letters that much larger than the text's are a heading's. */
const LARGER = 1.15
/** Sizes closer than this are one. */
const APART = 1.06
/** Larger lines than this are a quotation or a title page, not a heading. */
const LONGEST_HEADING = 200
/** Where more of the text than this is large, size says nothing. */
const MOST_LARGE = 0.3
const DEEPEST = 3

/** The size that most of the text is set in. */
export function bodySize(lines: readonly PdfLine[]): number {
  const letters = new Map<number, number>()
  for (const { size, text } of lines) {
    const rounded = Math.round(size * 2) / 2
    letters.set(rounded, (letters.get(rounded) ?? 0) + text.length)
  }
  const [most] = [...letters].toSorted(([, count], [, other]) => other - count)
  return most?.[0] ?? 0
}

/** The level of the heading that a line belongs to, the largest letters 1; undefined for text. */
export function headingLevels(lines: readonly PdfLine[], body: number): (line: PdfLine) => number | undefined {
  const large = lines.filter(({ size }) => body > 0 && size > body * LARGER)
  const count = (some: readonly PdfLine[]) => some.reduce((sum, { text }) => sum + text.length, 0)
  if (count(large) > count(lines) * MOST_LARGE) return () => undefined
  const steps: number[] = []
  for (const size of large.map((line) => line.size).toSorted((one, other) => other - one)) {
    const last = steps.at(-1)
    if (last === undefined || last > size * APART) steps.push(size)
  }
  return ({ size, text }) => {
    if (size <= body * LARGER || text.length > LONGEST_HEADING || !/\p{L}/u.test(text)) return undefined
    return Math.min(steps.findIndex((step) => step <= size * APART) + 1, DEEPEST)
  }
}
