import type { PageReading } from '../../../src/domain/page/page.ts'
import type { Report } from '../run.ts'
import { type GoldPage, wordF1, wordsOf } from './corpus.ts'

/** One page, and what was read of it. */
export interface Judged {
  gold: GoldPage
  text: string
  reading?: PageReading
}

/** Reports word F1 (all and by type) and the snippets that must and must not be there, as shares of 1. */
export function reportQuality(report: Report, who: string, pages: readonly Judged[]): void {
  const f1 = new Map(pages.map((page) => [page, wordF1(wordsOf(page.gold.mainText), wordsOf(page.text))]))
  const mean = (of: readonly Judged[]) => meanOf(of.map((page) => f1.get(page) ?? 0))
  report({ name: `${who}.f1`, value: mean(pages), unit: 'share' })
  for (const [type, of] of Map.groupBy(pages, ({ gold }) => gold.type))
    report({ name: `${who}.f1.${type}`, value: mean(of), unit: 'share' })
  const found = (snippets: (gold: GoldPage) => string[]) =>
    meanOf(pages.map(({ gold, text }) => shareFound(snippets(gold), text)).filter((share) => share !== undefined))
  report({ name: `${who}.must_have`, value: found((gold) => gold.mustHave), unit: 'share' })
  report({ name: `${who}.must_not_have`, value: found((gold) => gold.mustNotHave), unit: 'share' })
}

/** Reports how many of the titles, authors and dates that people noted are found, and how many are given where there is none. */
export function reportFacts(report: Report, pages: readonly Judged[]): void {
  for (const [fact, isRight] of Object.entries(FACTS)) {
    const noted = pages.filter(({ gold }) => gold[fact as Fact] !== '')
    const right = noted.filter(({ gold, reading }) => isRight(gold[fact as Fact], given(reading, fact as Fact)))
    const silent = pages.filter(({ gold }) => gold[fact as Fact] === '')
    report({ name: `lapis.${fact}.right`, value: right.length / noted.length, unit: 'share' })
    if (silent.length === 0) continue
    const claimed = silent.filter(({ reading }) => given(reading, fact as Fact) !== '')
    report({ name: `lapis.${fact}.unasked`, value: claimed.length / silent.length, unit: 'share' })
  }
}

type Fact = 'title' | 'author' | 'date'

const FACTS: Readonly<Record<Fact, (noted: string, found: string) => boolean>> = {
  // A site's name beside the title is no other title.
  title: (noted, found) => holds(wordsOf(found), wordsOf(noted)) || holds(wordsOf(noted), wordsOf(found)),
  author: (noted, found) => wordF1(wordsOf(noted), wordsOf(found)) >= 0.5,
  date: (noted, found) => found.slice(0, 10) === noted.slice(0, 10),
}

function given(reading: PageReading | undefined, fact: Fact): string {
  const values = { title: reading?.title, author: reading?.author, date: reading?.publishedAt }
  return values[fact] ?? ''
}

function holds(words: readonly string[], others: readonly string[]): boolean {
  return others.length > 0 && ` ${words.join(' ')} `.includes(` ${others.join(' ')} `)
}

function shareFound(snippets: readonly string[], text: string): number | undefined {
  if (snippets.length === 0) return undefined
  const lower = text.toLowerCase()
  return snippets.filter((snippet) => lower.includes(snippet.toLowerCase())).length / snippets.length
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
