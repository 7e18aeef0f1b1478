import { HEADING } from '../tree/element-kinds.ts'
import { attribute } from '../tree/reading-nodes.ts'
import { isoDate } from './iso-date.ts'
import type { Line, Masthead } from './masthead.ts'
import { likeness, wordsOf } from './page-heading.ts'
import { writtenDates } from './written-date.ts'

/** A date beside the page's heading. */
export interface VisibleDate {
  date: string
  /** What the words before it say; undefined where they say nothing. */
  says: 'published' | 'modified' | undefined
}

/** And so many lines from the heading. */
interface Found extends VisibleDate {
  distance: number
}

const MODIFIED =
  /updat|modif|revis|review|edit|aktualis|geändert|\bstand\b|mise? à jour|actualiz|atualiz|aggiorn|bijgewerkt|gewijzigd|aktualiz|обновл|измен|uppdater|opdater|oppdater|güncel|更新|修改|수정|업데이트/i
const PUBLISHED =
  /publi|posted|written|created|asked|added|veröffentlicht|erstellt|pubblicat|gepubliceerd|geplaatst|опублик|публик|公開|发布|發布|發佈|掲載|投稿|게시|등록|입력|yayın/i
/** Days that are nobody's date of publication. */
const OTHERS =
  /©|copyright|\b(?:until|expires?|deadline|starts?|ends?|from|since|joined|registered|founded|members?|born|due|events?|released?)\b/i

/** Longer lines tell a story, in which any day may be named. */
const LONGEST_LINE = 160
/** Letters that may stand beside a date that nothing introduces: names, sections, reading time. */
const MOST_BESIDE = 50
const LONGEST_LABEL = 40

/** The dates beside the heading, the nearest first. */
export function mastheadDates({ heading, above, below }: Masthead, language: string | null): VisibleDate[] {
  const found = [...listed(below, -1, heading, language), ...listed(above, 1, heading, language)]
  return found.toSorted((some, other) => some.distance - other.distance)
}

/** `step`: to the line that stands before another on the page. */
function listed(lines: readonly Line[], step: 1 | -1, heading: string, language: string | null): Found[] {
  const dated = lines.flatMap((line, at) => {
    const dates = datesIn(line, lines[at + step], language)
    return dates.length > 0 ? [{ dates, at, shape: shapeOf(line) }] : []
  })
  return dated.flatMap(({ dates, shape, at }) => {
    const alike = dated.filter((each) => each.shape === shape)
    const between = lines.slice(alike[0]?.at, alike.at(-1)?.at).filter((line) => isItemTitle(line, heading))
    return alike.length >= LIST && between.length >= alike.length - 1
      ? []
      : dates.map((date) => ({ ...date, distance: at }))
  })
}

/** So many dates of one make, with headings between them, belong to the items of a list; without, to the posts of a thread. */
const LIST = 3

/** A heading of its own, or a whole line that is a link; posts of a thread repeat the thread's. */
function isItemTitle({ block, holders, text }: Line, heading: string): boolean {
  const words = wordsOf(text)
  const isLink = words.length >= 3 && holders.every(({ name }) => name === 'a')
  return (isLink || (block !== undefined && HEADING.has(block.name))) && likeness(words, wordsOf(heading)) < 0.6
}

function shapeOf({ holders: [holder] }: Line): string {
  return holder ? `${holder.name} ${attribute(holder, 'class')}` : ''
}

function datesIn(line: Line, before: Line | undefined, language: string | null): VisibleDate[] {
  const stamped = stamp(line)
  if (stamped !== undefined) return [{ date: stamped, says: saying(line.text) ?? introduction(before) }]
  if (line.text.length > LONGEST_LINE) return []
  const dates = writtenDates(line.text, language)
  let from = 0
  return dates.flatMap(({ day, from: at, to }) => {
    const words = line.text.slice(from, at)
    from = to
    const isAlone = words.trim() === ''
    const says = saying(words) ?? (isAlone ? introduction(before) : undefined)
    if (OTHERS.test(isAlone ? labelOf(before) : words) || (says === undefined && lettersIn(line.text) > MOST_BESIDE))
      return []
    return [{ date: day, says }]
  })
}

/** A date for machines: of a `time`, or in the title of what shows it. */
function stamp({ holders, text }: Line): string | undefined {
  for (const holder of holders) {
    const value = holder.name === 'time' ? attribute(holder, 'datetime') : attribute(holder, 'title')
    if (value.length > 60 || text.length > LONGEST_LINE) continue
    const date = isoDate(value)
    if (date !== undefined) return date
  }
  return undefined
}

function introduction(line: Line | undefined): VisibleDate['says'] {
  return saying(labelOf(line))
}

function labelOf(line: Line | undefined): string {
  return line && line.text.length <= LONGEST_LABEL && !/\d/.test(line.text) ? line.text : ''
}

function saying(words: string): VisibleDate['says'] {
  if (MODIFIED.test(words)) return 'modified'
  return PUBLISHED.test(words) ? 'published' : undefined
}

function lettersIn(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0
}
