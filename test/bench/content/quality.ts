import type { Report } from '../run.ts'
import { type GoldPage, wordF1, wordsOf } from './corpus.ts'

/** One page, and what was read of it. */
export interface Judged {
  gold: GoldPage
  text: string
  facts?: Partial<Record<Fact, string | null | undefined>>
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
  for (const { fact, right, exact, unasked } of judgeFacts(pages)) {
    report({ name: `lapis.${fact}.right`, value: right, unit: 'share' })
    if (fact === 'title') report({ name: 'lapis.title.exact', value: exact, unit: 'share' })
    else report({ name: `lapis.${fact}.unasked`, value: unasked, unit: 'share' })
  }
}

/** One kind of fact over many pages, as shares of 1. */
export interface JudgedFact {
  fact: Fact
  /** Of the pages on which people noted it. */
  right: number
  /** The same words and no others. */
  exact: number
  /** Given where nobody noted one; NaN where that is no page. */
  unasked: number
}

export function judgeFacts(pages: readonly Pick<Judged, 'gold' | 'facts'>[]): JudgedFact[] {
  return (['title', 'author', 'date'] as const).map((fact) => {
    const pairs = pages.map(({ gold, facts }) => ({ noted: gold[fact], given: facts?.[fact] ?? '' }))
    const noted = pairs.filter((pair) => pair.noted !== '')
    const silent = pairs.filter((pair) => pair.noted === '')
    const share = (of: readonly unknown[], all: readonly unknown[]) => of.length / all.length
    const areSame = (some: string, other: string) => wordsOf(some).join(' ') === wordsOf(other).join(' ')
    return {
      fact,
      right: share(
        noted.filter((pair) => FACTS[fact](pair.noted, pair.given)),
        noted,
      ),
      exact: share(
        noted.filter((pair) => areSame(pair.noted, pair.given)),
        noted,
      ),
      unasked: share(
        silent.filter((pair) => pair.given !== ''),
        silent,
      ),
    }
  })
}

type Fact = 'title' | 'author' | 'date'

const FACTS: Readonly<Record<Fact, (noted: string, found: string) => boolean>> = {
  // A site's name beside the title is no other title.
  title: (noted, found) => holds(wordsOf(found), wordsOf(noted)) || holds(wordsOf(noted), wordsOf(found)),
  author: (noted, found) => wordF1(wordsOf(noted), wordsOf(found)) >= 0.5,
  date: (noted, found) => found.slice(0, 10) === noted.slice(0, 10),
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
