import { createHash } from 'node:crypto'
import { decodeBody } from '../../../src/domain/page/decode.ts'
import { Resolver } from '../../../src/domain/page/links/resolve.ts'
import { documentFacts } from '../../../src/domain/page/metadata/metadata.ts'
import { survey } from '../../../src/domain/page/survey.ts'
import { parseHtml } from '../../../src/domain/page/tree/parse-html.ts'
import { registrableDomain } from '../../../src/domain/url/registrable-domain.ts'
import { type GoldPage, readCorpus } from './corpus.ts'
import { type Peer, type PeerFacts, installedPeers } from './peers.ts'
import { type Judged, judgeFacts } from './quality.ts'

// node facts.ts CORPUS-FOLDER [FOLDER-OF-PEERS]: titles, authors and dates of all pages, by halves of the sites, without
// reading the pages for anything else.
const [folder = '', peersFolder] = process.argv.slice(2)
const pages = readCorpus(folder)
const now = Date.now()

type Read = Pick<Judged, 'gold' | 'facts'>

function own(gold: GoldPage): Read & { factsMs: number; parseMs: number } {
  const started = performance.now()
  const { root } = parseHtml(decodeBody(gold.bytes, 'text/html').text)
  const parsed = performance.now()
  const seen = survey(root)
  const { title, author, publishedAt } = documentFacts(seen, new Resolver(addressOf(gold), seen.baseHref), { now })
  const factsMs = performance.now() - parsed
  return { gold, facts: { title, author, date: publishedAt }, factsMs, parseMs: parsed - started }
}

function addressOf({ url }: GoldPage): string {
  return URL.canParse(url) ? url : 'http://unknown.invalid/'
}

/** All pages of a site are in the same half, whatever else is in the corpus. */
function halfOf(gold: GoldPage): 'first' | 'second' {
  const [byte = 0] = createHash('sha1')
    .update(registrableDomain(addressOf(gold)))
    .digest()
  return byte % 2 === 0 ? 'first' : 'second'
}

function print(who: string, read: readonly Read[]): void {
  const halves = (['first', 'second'] as const).map((half) =>
    judgeFacts(read.filter(({ gold }) => halfOf(gold) === half)),
  )
  for (const [at, { fact, right, exact, unasked }] of judgeFacts(read).entries()) {
    const both = (share: 'right' | 'unasked') => halves.map((half) => percent(half[at]?.[share] ?? NaN)).join(' and ')
    const words = [`found ${percent(right)} (${both('right')})`]
    if (fact !== 'date') words.push(`exactly ${percent(exact)}`)
    if (fact !== 'title') words.push(`unasked ${percent(unasked)} (${both('unasked')})`)
    console.log(`${who} ${fact}: ${words.join(', ')}`)
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

const read = pages.map(own)
print('lapis', read)
const sum = (of: 'factsMs' | 'parseMs') => read.reduce((total, each) => total + each[of], 0)
console.log(`survey and facts: ${((100 * sum('factsMs')) / sum('parseMs')).toFixed(1)} % of the time of parsing`)
const peers = peersFolder === undefined ? [] : await installedPeers(peersFolder)
for (const peer of peers)
  if (peer.facts)
    print(
      peer.name,
      pages.map((gold) => ({ gold, facts: factsBy(peer, gold) })),
    )

function factsBy(peer: Peer, gold: GoldPage): PeerFacts {
  try {
    return peer.facts?.(new TextDecoder().decode(gold.bytes)) ?? {}
  } catch {
    return {}
  }
}
