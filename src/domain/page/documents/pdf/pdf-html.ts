import { escaped } from '../feed.ts'
import { bodySize, headingLevels } from './pdf-headings.ts'
import type { PdfLine } from './pdf-lines.ts'

/** Lines that are read as one: a paragraph, a heading, an item. */
interface Passage {
  lines: PdfLine[]
  isItem: boolean
}

/** Pages by number, each after a mark of its beginning: text in paragraphs, headings by the size of their letters. */
export function pdfHtml(pages: ReadonlyMap<number, PdfLine[]>): string {
  const all = [...pages.values()].flat()
  const body = bodySize(all)
  const levelOf = headingLevels(all, body)
  return [...pages].map(([number, lines]) => `<hr data-page="${number}">${pageHtml(lines, levelOf)}`).join('')
}

function pageHtml(lines: readonly PdfLine[], levelOf: (line: PdfLine) => number | undefined): string {
  let html = ''
  let inList = false
  for (const { lines: joined, isItem } of passagesOf(lines)) {
    const [first] = joined
    const level = first && !isItem ? levelOf(first) : undefined
    if (isItem !== inList) html += isItem ? '<ul>' : '</ul>'
    inList = isItem
    const tag = isItem ? 'li' : level === undefined ? 'p' : `h${level}`
    html += `<${tag}>${linesHtml(joined, isItem)}</${tag}>`
  }
  return inList ? `${html}</ul>` : html
}

const BULLET = /^\s*[\u2022\u2023\u25AA\u25CF\u25CB\u25E6\u25A0\u2219\uF0B7]\s*/

function passagesOf(lines: readonly PdfLine[]): Passage[] {
  const gap = usualGap(lines)
  const passages: Passage[] = []
  let before: PdfLine | undefined
  for (const line of lines) {
    const isItem = BULLET.test(line.text)
    if (before && !isItem && continues(before, line, gap)) passages.at(-1)?.lines.push(line)
    else passages.push({ lines: [line], isItem })
    before = line
  }
  return passages
}

/** The distance of two lines that most lines of the page keep. */
function usualGap(lines: readonly PdfLine[]): number {
  const counts = new Map<number, number>()
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1]
    const gap = next && sameSize(line, next) ? Math.round((line.y - next.y) * 2) / 2 : 0
    if (gap > 0 && gap < line.size * 3) counts.set(gap, (counts.get(gap) ?? 0) + 1)
  }
  const [usual] = [...counts].toSorted(([gap, count], [otherGap, other]) => other - count || gap - otherGap)
  return usual?.[0] ?? 0
}

function sameSize(one: PdfLine, other: PdfLine): boolean {
  return Math.abs(one.size - other.size) <= one.size * 0.06
}

/** Beyond double spacing, in letters' sizes, lines stand apart even where all of them do. */
const WIDEST = 2.5

function continues(before: PdfLine, line: PdfLine, usual: number): boolean {
  const gap = before.y - line.y
  if (!sameSize(before, line) || gap <= 0) return false
  if (gap > Math.min(Math.max(usual * 1.25, line.size * 1.3), line.size * WIDEST)) return false
  const indent = line.x - before.x
  const isIndented = indent > line.size * 0.8 && indent < line.size * 4
  return !(isIndented && /[.:!?]\s*$/.test(before.text))
}

/** A hyphen at a line's end, before a small letter, was put there by the typesetter. */
function linesHtml(lines: readonly PdfLine[], isItem: boolean): string {
  let html = ''
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1]
    const isBroken = next !== undefined && /\p{L}[-\u00AD]\s*$/u.test(line.text) && /^\s*\p{Ll}/u.test(next.text)
    const written = piecesHtml(line, isItem && index === 0)
    html += isBroken ? written.replace(/[-\u00AD]\s*((?:<\/a>)?)$/, '$1') : written + lineEnd(line, next)
  }
  return html.trim()
}

/** The rows of a table stay apart, though its columns can't be told. */
function lineEnd(line: PdfLine, next: PdfLine | undefined): string {
  return next !== undefined && line.spread && next.spread ? '<br>' : ' '
}

function piecesHtml({ pieces }: PdfLine, dropsBullet: boolean): string {
  return pieces
    .map(({ text, href }, index) => {
      const html = escaped(dropsBullet && index === 0 ? text.replace(BULLET, '') : text)
      return href === undefined ? html : `<a href="${escaped(href)}">${html}</a>`
    })
    .join('')
}
