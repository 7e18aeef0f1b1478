import type { PdfItem, PdfLink, PdfPage } from './opened-pdf.ts'

/** Text of one look in one line. */
export interface PdfPiece {
  text: string
  href?: string
}

export interface PdfLine {
  pieces: PdfPiece[]
  text: string
  /** Of the letters that most of the line is set in, in points. */
  size: number
  x: number
  y: number
  /** Its parts stand apart, as those of a table's row do. */
  spread: boolean
}

/** A page's text as lines, links on the words that they lie over. */
export function pdfLines({ items, links }: PdfPage): PdfLine[] {
  const lines: PdfLine[] = []
  let line: PdfItem[] = []
  const endLine = () => {
    const ended = line.length > 0 ? lineOf(line, links) : undefined
    if (ended && ended.text.trim() !== '') lines.push(ended)
    line = []
  }
  for (const item of items) {
    if (item.str !== '') line.push(item)
    if (item.hasEOL) endLine()
  }
  endLine()
  return withoutPageNumber(lines)
}

function lineOf(items: readonly PdfItem[], links: readonly PdfLink[]): PdfLine {
  const first = items.find(({ str }) => str.trim() !== '') ?? items[0]
  const longest = items.reduce((best, item) => (item.str.trim().length > best.str.trim().length ? item : best))
  const pieces = items.flatMap((item) => piecesOf(item, links))
  return {
    pieces,
    text: pieces.map(({ text }) => text).join(''),
    size: sizeOf(longest),
    x: first?.transform[4] ?? 0,
    y: first?.transform[5] ?? 0,
    spread: isSpread(items),
  }
}

/** A gap as wide as that, in letters' sizes, is no space between words, justified or not. */
const WIDE_GAP = 1.5

function isSpread(items: readonly PdfItem[]): boolean {
  let end: number | undefined
  for (const item of items) {
    if (item.str.trim() === '') continue
    const x = item.transform[4] ?? 0
    if (end !== undefined && x - end > sizeOf(item) * WIDE_GAP) return true
    end = x + item.width
  }
  return false
}

function sizeOf({ transform }: PdfItem): number {
  return Math.hypot(transform[2] ?? 0, transform[3] ?? 0)
}

/** The words of an item that a link's rectangle covers; letters are taken to be of one width. */
function piecesOf(item: PdfItem, links: readonly PdfLink[]): PdfPiece[] {
  const { str, width } = item
  const link = width > 0 ? links.find((each) => liesOver(each, item)) : undefined
  if (!link) return [{ text: str }]
  const x = item.transform[4] ?? 0
  const at = (edge: number) => Math.round(((edge - x) / width) * str.length)
  const start = wordEdge(str, at(link.rect[0] ?? 0))
  const end = wordEdge(str, at(link.rect[2] ?? 0))
  if (end <= start) return [{ text: str }]
  return [
    { text: str.slice(0, start) },
    { text: str.slice(start, end), href: link.url },
    { text: str.slice(end) },
  ].filter(({ text }) => text !== '')
}

function liesOver({ rect }: PdfLink, item: PdfItem): boolean {
  const [left = 0, bottom = 0, right = 0, top = 0] = rect
  const [x = 0, y = 0] = item.transform.slice(4)
  const middle = y + sizeOf(item) / 3
  return middle >= bottom && middle <= top && right > x + 1 && left < x + item.width - 1
}

/** How far a guessed edge may be from the word's real one, in letters. */
const EDGE_REACH = 4

function wordEdge(text: string, guess: number): number {
  const at = Math.min(Math.max(guess, 0), text.length)
  for (let reach = 0; reach <= EDGE_REACH; reach++)
    for (const edge of [at - reach, at + reach]) if (isWordEdge(text, edge)) return edge
  return at
}

function isWordEdge(text: string, at: number): boolean {
  if (at === 0 || at === text.length) return true
  return at > 0 && at < text.length && (text[at - 1] === ' ') !== (text[at] === ' ')
}

/** A page's own number, first or last on it, says nothing: every page's beginning is marked. */
function withoutPageNumber(lines: PdfLine[]): PdfLine[] {
  const isNumber = (line: PdfLine | undefined) =>
    line !== undefined && /^\s*[-–]?\s*\d{1,4}\s*[-–]?\s*$/.test(line.text)
  const end = isNumber(lines.at(-1)) ? -1 : lines.length
  return lines.slice(isNumber(lines[0]) ? 1 : 0, end)
}
