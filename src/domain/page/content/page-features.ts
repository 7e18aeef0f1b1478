import { type BoxFacts, isGood, stands } from './box-facts.ts'
import type { Examined } from './features.ts'
import type { Outline } from './outline.ts'
import { type Row, add, ratio } from './own-features.ts'
import type { WordPairs } from './stated-features.ts'

/** What is known of the page beside its tree. */
export interface PageContext {
  /** Words of the document's title, lower case. */
  titleWords: ReadonlySet<string>
  /** Path segments of the URL. */
  pathSegments: number
  hasQuery: boolean
  /** Schema.org and Open Graph types, joined, lower case. */
  types: string
  /** What the page says of itself: its description, and the texts of its structured data. */
  description: WordPairs
  data: WordPairs
}

export interface PageFacts {
  titleWords: ReadonlySet<string>
  words: number
  goodWords: number
  /** How often each block's text stands on the page. */
  repeats: number[]
  firstGood: number
  lastGood: number
  titleIndex: number
  goodBefore: number[]
  sinceHeading: number[]
  /** Good blocks among the ten around. */
  nearGood: number[]
  wordsBefore: number[]
  constants: number[]
}

export function pageFacts(page: Outline, facts: BoxFacts, context: PageContext): PageFacts {
  const { blocks } = page
  const good = blocks.map(isGood)
  const goodWords = facts.goodWords[0] ?? 0
  return {
    titleWords: context.titleWords,
    words: page.root.words,
    goodWords,
    repeats: repeats(page),
    firstGood: good.indexOf(true),
    lastGood: good.lastIndexOf(true),
    titleIndex: titleIndex(page, context.titleWords),
    goodBefore: running(blocks.map((block, index) => (good[index] ? block.measure.words : 0))),
    sinceHeading: sinceHeading(page),
    nearGood: nearGood(good),
    wordsBefore: running(blocks.map((block) => block.measure.words)),
    constants: constants(page, facts, context),
  }
}

function running(values: readonly number[]): number[] {
  let sum = 0
  return values.map((value) => {
    const before = sum
    sum += value
    return before
  })
}

function repeats(page: Outline): number[] {
  const counts = new Map<string, number>()
  const keys = page.blocks.map((block) => block.tokens.join(' '))
  for (const key of keys) if (key !== '') counts.set(key, (counts.get(key) ?? 0) + 1)
  return keys.map((key) => counts.get(key) ?? 1)
}

/** The first h1, or the first heading that says what the title says. */
function titleIndex(page: Outline, titleWords: ReadonlySet<string>): number {
  const heading = page.blocks.findIndex(({ box }) => box.name === 'h1' || box.parent?.name === 'h1')
  if (heading >= 0) return heading
  return page.blocks.findIndex(({ tokens }) => tokens.length > 2 && tokens.every((token) => titleWords.has(token)))
}

function sinceHeading({ blocks }: Outline): number[] {
  let since = 50
  return blocks.map(({ box }) => {
    since = /^h[1-6]$/.test(box.name) ? 0 : Math.min(since + 1, 50)
    return since
  })
}

const AROUND = 5

function nearGood(good: readonly boolean[]): number[] {
  const before = running(good.map(Number))
  before.push((before.at(-1) ?? 0) + Number(good.at(-1) ?? false))
  const upTo = (index: number) => before[Math.max(0, Math.min(good.length, index))] ?? 0
  return good.map((_, index) => upTo(index + AROUND + 1) - upTo(index - AROUND))
}

function constants(page: Outline, facts: BoxFacts, context: PageContext): number[] {
  const { root, blocks, boxes } = page
  const counts = new Map<string, number>()
  for (const { name } of boxes) counts.set(name, (counts.get(name) ?? 0) + 1)
  const named = (name: string) => counts.get(name) ?? 0
  const wordsIn = (place: 'main' | 'article') =>
    blocks.reduce((sum, block) => {
      return sum + stands(facts, block.box, place) * block.measure.words
    }, 0)
  return [
    blocks.length,
    root.words,
    ratio(root.linkWords, root.words),
    ratio(facts.goodWords[0] ?? 0, root.words),
    named('article'),
    named('h2') + named('h3'),
    named('li'),
    named('td'),
    named('form'),
    named('pre'),
    blocks.filter((block) => block.measure.currency > 0).length,
    ratio(wordsIn('main'), root.words),
    ratio(wordsIn('article'), root.words),
    context.pathSegments,
    context.hasQuery ? 1 : 0,
    ...TYPES.map((type) => (type.test(context.types) ? 1 : 0)),
  ]
}

const TYPES = [
  /article|posting|report/,
  /product|offer/,
  /collection|itemlist|searchresult/,
  /forum|qapage|question|discussion/,
  /organization|localbusiness|service|website/,
]

export function addPage(row: Row, { page, whole }: Examined, index: number): void {
  add(row, ratio(index, page.blocks.length))
  add(row, ratio(whole.wordsBefore[index] ?? 0, whole.words))
  for (const value of whole.constants) add(row, value)
}
