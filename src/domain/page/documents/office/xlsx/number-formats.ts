import { elementsOf, inside } from '../xml-reading.ts'
import type { XmlElement } from '../xml-tree.ts'

/** How a cell's number is to be read. */
export type NumberFormat = 'date' | 'time' | 'moment' | 'percent' | 'number'

/** Formats that every reader knows without being told (ECMA-376 part 1, §18.8.30). */
const BUILT_IN: ReadonlyMap<number, NumberFormat> = new Map([
  [9, 'percent'],
  [10, 'percent'],
  ...[14, 15, 16, 17].map((id) => [id, 'date'] as const),
  ...[18, 19, 20, 21, 45, 46, 47].map((id) => [id, 'time'] as const),
  [22, 'moment'],
])

/** The format of each cell style, by its index. */
export function numberFormats(styles: XmlElement | undefined): NumberFormat[] {
  const own = new Map(
    elementsOf(inside(styles, 'numFmts')).map(({ attributes }) => [
      Number(attributes['numFmtId']),
      formatOf(attributes['formatCode'] ?? ''),
    ]),
  )
  return elementsOf(inside(styles, 'cellXfs')).map(({ attributes }) => {
    const id = Number(attributes['numFmtId'] ?? '0')
    return own.get(id) ?? BUILT_IN.get(id) ?? 'number'
  })
}

/** By the letters of its code, outside quotes, escapes, colours and conditions (§18.8.31). */
function formatOf(code: string): NumberFormat {
  const letters = code.replace(/"[^"]*"|\\.|_.|\*./g, '').replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
  const hasDay = /[yd]/i.test(letters)
  const hasHour = /[hs]/i.test(letters)
  if (hasDay) return hasHour ? 'moment' : 'date'
  if (hasHour) return 'time'
  return letters.includes('%') ? 'percent' : 'number'
}
