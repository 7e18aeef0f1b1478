import type { PageHeading } from './page-heading.ts'

export interface TitleSources {
  heading: PageHeading | undefined
  /** The `title` element, Open Graph's title and others, '' where there is none, without the site's name. */
  stated: readonly string[]
  /** Whether somebody wrote the page: what is sold or listed is headed by slogans. */
  isWritten: boolean
  /** Whether the page is a document that we laid out: what it states is its title, whatever heads its text. */
  isLaidOut: boolean
}

/**
 * How far a heading must agree with what is stated to be the title itself: on a page that somebody wrote; on others, which
 * slogans may head, where Open Graph repeats the title; and where it doesn't.
 */
const AGREES = { written: 0.2, repeated: 0.6, other: 0.3 }
const LONGEST_HEADING = 250

/** The heading that the reader sees, where it is the one that the page states; else what it states. */
export function pageTitle({ heading, stated, isWritten, isLaidOut }: TitleSources): string | undefined {
  const [title, repeated] = stated
  const enough = isWritten ? AGREES.written : title === repeated ? AGREES.repeated : AGREES.other
  const isTitle =
    !isLaidOut &&
    heading &&
    (heading.element.name === 'h1' || heading.agreement === 1) &&
    heading.text.length <= LONGEST_HEADING &&
    heading.agreement >= enough
  return (isTitle ? heading.text : undefined) ?? stated.find((title) => title !== '') ?? heading?.text
}
