import { type ChildNode, Element, Text } from '../../../src/domain/page/tree/nodes.ts'
import { NAMING, namedWords } from '../../../src/domain/page/content/evidence.ts'
import type { Box, Outline } from '../../../src/domain/page/content/outline.ts'
import { outline } from '../../../src/domain/page/content/outline.ts'
import { pageContext } from '../../../src/domain/page/content/page-context.ts'
import type { PageContext } from '../../../src/domain/page/content/page-features.ts'
import { decodeBody } from '../../../src/domain/page/decode.ts'
import { Resolver } from '../../../src/domain/page/links/resolve.ts'
import { findHoldingBlocks } from '../../../src/domain/page/markdown/writing.ts'
import { documentFacts } from '../../../src/domain/page/metadata/metadata.ts'
import { survey } from '../../../src/domain/page/survey.ts'
import { parseHtml } from '../../../src/domain/page/tree/parse-html.ts'
import { type GoldPage, wordsOf } from './corpus.ts'
import { labelBlocks } from './labels.ts'
import { type VoterNumbers, type Voters, votersOf } from './voters.ts'

/** One page, cut into blocks whose membership in the main text is known. */
export interface Example {
  id: string
  type: string
  site: string
  page: Outline
  context: PageContext
  /** The words of each block, and how much of it is main text. */
  words: string[][]
  labels: number[]
  gold: string[]
  /** What the linear model judges its blocks by. */
  voters: Voters
}

export function exampleOf(gold: GoldPage, numbers: VoterNumbers): Example {
  const { root } = parseHtml(decodeBody(gold.bytes, 'text/html').text)
  const seen = survey(root)
  const url = URL.canParse(gold.url) ? gold.url : 'http://unknown.invalid/'
  const facts = documentFacts(seen, new Resolver(url, seen.baseHref))
  const page = outline(root, findHoldingBlocks(root))
  const words = page.blocks.map((block) => wordsOf(block.nodes.map(rawText).join('')))
  const goldWords = wordsOf(gold.mainText)
  return {
    id: gold.id,
    type: gold.type,
    site: new URL(url).hostname
      .replace(/^www\./, '')
      .split('.')
      .slice(-2)
      .join('.'),
    page,
    context: pageContext(url, seen, facts),
    words,
    labels: labelBlocks(words, goldWords),
    gold: goldWords,
    voters: votersOf(page, numbers),
  }
}

function rawText(node: ChildNode): string {
  if (node instanceof Text) return node.data
  if (!('children' in node)) return ''
  const inner = node.children.map(rawText).join('')
  return 'name' in node && node.name === 'br' ? ' ' : inner
}

/** What a word says: by site the sum over its pages and their number, and the sum of the sites' means. */
export interface Spoken {
  sites: Map<string, [main: number, pages: number]>
  /** A site speaks once, however many pages of it there are. */
  main: number
}

/** What each word says. */
export interface Tally {
  names: Map<string, Spoken>
  texts: Map<string, Spoken>
  openings: Map<string, Spoken>
}

/** Counts each word once a page, by the share of main text in what it names or stands in. */
export function tally(examples: readonly Example[]): Tally {
  const counted: Tally = { names: new Map(), texts: new Map(), openings: new Map() }
  for (const example of examples) {
    addPage(counted.names, example.site, namedShares(example))
    addPage(counted.texts, example.site, textShares(example))
    addPage(counted.openings, example.site, openingShares(example))
  }
  return counted
}

type Shares = Map<string, [main: number, all: number]>

function addPage(into: Tally['names'], site: string, shares: Shares): void {
  for (const [word, [main, all]] of shares) {
    if (all === 0) continue
    const spoken = into.get(word) ?? { sites: new Map<string, [number, number]>(), main: 0 }
    const [before, pages] = spoken.sites.get(site) ?? [0, 0]
    const after = before + main / all
    spoken.sites.set(site, [after, pages + 1])
    spoken.main += after / (pages + 1) - (pages > 0 ? before / pages : 0)
    into.set(word, spoken)
  }
}

function namedShares({ page, words, labels }: Example): Shares {
  const shares: Shares = new Map()
  for (const box of page.boxes) {
    const names = namesOf(box)
    if (names.size === 0) continue
    let main = 0
    let all = 0
    for (let index = box.first; index < box.end; index++) {
      const count = words[index]?.length ?? 0
      main += count * (labels[index] ?? 0)
      all += count
    }
    for (const name of names) addShare(shares, name, main, all)
  }
  return shares
}

/** All words that an element's author named it with, and the pairs of those that follow each other, each once. */
function namesOf({ node }: Box): Set<string> {
  if (!(node instanceof Element)) return new Set()
  const names = NAMING.flatMap((attribute) => namedWords(node.attribs[attribute] ?? ''))
  return new Set(names.flatMap((words) => [...words, ...pairsOf(words, '-')]))
}

function pairsOf(words: readonly string[], between: string): string[] {
  return words.slice(1).map((word, at) => `${words[at]}${between}${word}`)
}

function textShares({ page, words, labels }: Example): Shares {
  const shares: Shares = new Map()
  page.blocks.forEach(({ tokens }, index) => {
    for (const token of new Set([...tokens, ...pairsOf(tokens, ' ')]))
      if ((words[index]?.length ?? 0) > 0) addShare(shares, token, labels[index] ?? 0, 1)
  })
  return shares
}

function openingShares({ page, labels }: Example): Shares {
  const shares: Shares = new Map()
  page.blocks.forEach(({ opening }, index) => {
    for (const token of new Set(opening)) addShare(shares, token, labels[index] ?? 0, 1)
  })
  return shares
}

function addShare(shares: Shares, word: string, main: number, all: number): void {
  const [knownMain, knownAll] = shares.get(word) ?? [0, 0]
  shares.set(word, [knownMain + main, knownAll + all])
}

const PRIOR_STRENGTH = 4

/** Log odds of a word against the average, without what `exceptSite` contributed; 0 where too few sites speak. */
export function logOdds(word: Spoken | undefined, exceptSite: string, minimum: number, prior: number): number {
  if (!word) return 0
  const own = word.sites.get(exceptSite)
  const count = word.sites.size - (own ? 1 : 0)
  if (count < minimum) return 0
  const main = word.main - (own ? own[0] / own[1] : 0)
  const yes = main + PRIOR_STRENGTH * prior
  const no = count - main + PRIOR_STRENGTH * (1 - prior)
  return Math.round((Math.log(yes / no) - Math.log(prior / (1 - prior))) * 10) / 10
}
