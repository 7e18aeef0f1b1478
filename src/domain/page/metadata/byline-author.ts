import { Element } from '../tree/nodes.ts'
import { attribute } from '../tree/reading-nodes.ts'
import type { Line, Masthead } from './masthead.ts'
import { openingText } from './opening-text.ts'
import { likeness, wordsOf } from './page-heading.ts'
import { isBylineOpening, isProper, loneName, nameInByline, personName } from './person-name.ts'
import { writtenDates } from './written-date.ts'

/** Longer lines tell a story. */
const LONGEST_LINE = 200
/** Where sites keep the pages of people. */
const PERSON_PATH =
  /(?:^|\/)(?:u|users?|members?|profiles?|people|person|authors?|auteurs?|autor(?:en|es)?|contributors?|writers?|experts?|by|~\w+)(?:\/.|\.php\?)|[?&](?:author|user)=|mode=viewprofile/i
/** How elements with a name in them are called. */
const NAMED = /(?:^|[\s_-])(?:authors?|byline|writer|contributor|creator|user-?name|poster)(?:$|[\s_-])|author-?name/i
/** Lines above the heading that can still belong to it. */
const NEAR = 6
/** Lines below the heading in which "by" introduces the author, not somebody named in the text. */
const BYLINE_REACH = 25

/** Whom the lines beside the heading name as author: by "By", or, on a page that somebody wrote, by a link to a person. */
export function bylineAuthor({ heading, above, below }: Masthead, page: BylinePage): string | undefined {
  const { isWritten, language } = page
  const near = above.slice(0, NEAR)
  const introducing = below.slice(0, BYLINE_REACH)
  return (
    firstOf(introducing, (line, at) => introduced(line, below[at - 1], language)) ??
    firstOf(near, (line, at) => introduced(line, above[at + 1], language)) ??
    (isWritten
      ? (firstOf(below, (line) => marked(line, page)) ??
        firstOf(near, (line) => marked(line, page)) ??
        besideDate(introducing, heading, language) ??
        besideDate(near, heading, language))
      : undefined)
  )
}

export interface BylinePage {
  /** Whether it is a page that somebody wrote. */
  isWritten: boolean
  language: string | null
  url: string
}

function firstOf(lines: readonly Line[], read: (line: Line, at: number) => string | undefined): string | undefined {
  for (const [at, line] of lines.entries()) {
    const name = line.text.length > LONGEST_LINE ? undefined : read(line, at)
    if (name !== undefined) return name
  }
  return undefined
}

function introduced(line: Line, before: Line | undefined, language: string | null): string | undefined {
  const name = nameInByline(line.text, language)
  if (name !== undefined || !before || !isBylineOpening(before.text, language)) return name
  const next = personName(line.text)
  return next !== undefined && isProper(next) ? next : undefined
}

/** The first link to a person of the site, or element that is called one. */
function marked({ holders }: Line, { url, language }: BylinePage): string | undefined {
  for (const holder of holders) {
    const around = [holder, holder.parent].filter((each) => each instanceof Element)
    const isPerson = around.some((each) => isLinkToPerson(each, url) || NAMED.test(attribute(each, 'class')))
    const name = isPerson ? loneName(openingText(holder), language) : undefined
    if (name !== undefined) return name
  }
  return undefined
}

function isLinkToPerson(element: Element, url: string): boolean {
  const href = attribute(element, 'href')
  return element.name === 'a' && PERSON_PATH.test(href) && URL.parse(href, url)?.host === URL.parse(url)?.host
}

/** The words beside the only date, if they are written as a name of two words or more and lead nowhere else. */
function besideDate(lines: readonly Line[], heading: string, language: string | null): string | undefined {
  const dated = lines.findIndex(
    (line) => line.text.length <= LONGEST_LINE && writtenDates(line.text, language).length > 0,
  )
  if (dated < 0) return undefined
  return firstOf(lines.slice(Math.max(0, dated - 1), dated + 2), ({ text, holders }) => {
    const [date] = writtenDates(text, language)
    const rest = date ? (date.from > 0 ? text.slice(0, date.from) : text.slice(date.to)) : text
    const name = loneName(rest, language)
    const isPerson =
      name !== undefined &&
      NAME_SHAPE.test(name) &&
      likeness(wordsOf(name), wordsOf(heading)) === 0 &&
      !holders.some(({ name: kind }) => kind === 'a')
    return isPerson ? name : undefined
  })
}

const NAME_SHAPE = /^\p{Lu}[\p{L}'’.-]*(?:\s(?:\p{Lu}[\p{L}'’.-]*|de|van|von|der|den|la)){1,3}$/u
